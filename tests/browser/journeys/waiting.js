// answered(): a promise that holds once the page has drawn what follows from everything that was changed on it: nothing
// of it is still to be sent, and no answer is still to come. In a browser without scripts there is no such function.
(() => {
  let unsent = false;
  let open = 0;
  let waiting = [];
  const look = () => {
    if (unsent || open) return;
    for (const done of waiting) done();
    waiting = [];
  };
  addEventListener("change", () => (unsent = true), true);
  addEventListener("htmx:configRequest", () => (unsent = false));
  addEventListener("htmx:beforeSend", () => (open += 1));
  addEventListener("htmx:afterRequest", () => {
    open -= 1;
    setTimeout(look, htmx.config.defaultSettleDelay + 1); // until then what was swapped in still looks like the old
  });
  window.answered = () =>
    new Promise((done) => {
      waiting.push(done);
      look();
    });
})();
