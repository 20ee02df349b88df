// Passkeys: the account library brings the functions (mfa/js/webauthn.js); here they meet the forms of the page.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-passkey-error]")) place.hidden = false;
});
if (window.PublicKeyCredential) {
  for (const place of document.querySelectorAll("[data-passkey]")) place.hidden = false;
  for (const place of document.querySelectorAll("[data-passkey-form]")) {
    window.allauth.webauthn.forms[place.dataset.passkeyForm]({ ids: JSON.parse(place.dataset.ids) });
  }
}
