// Sends the files of an <input type=file data-up="address"> in pieces, so that a broken line loses nothing.
// Without it the same input is sent with its form. What it shows comes from the server (hefu/papers/upload.html).
"use strict";

(() => {
  const MB = 1024 * 1024, SMALLEST = 32 * 1024, QUICK = 2000, SLOW = 8000, PATIENCE = 60000, LONGEST = 30;
  const words = () => document.getElementById("up-sending").dataset;
  const secret = (input) => input.form.querySelector("[name=csrfmiddlewaretoken]").value;

  class Refused extends Error {
    constructor(html) { super("refused"); this.html = html; }
  }
  class Given extends Error {}

  async function fingerprint(file) {
    if (!globalThis.crypto?.subtle || file.size > 64 * MB) return "";
    const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // What is on its way is remembered by content, so that it goes on after a reload.
  const memory = {
    key: (sha, file) => `hefu-up:${sha}:${file.name}`,
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private */ } },
  };

  class Sending {
    constructor(input, file, row) {
      this.input = input; this.file = file; this.row = row; this.piece = 256 * 1024; this.most = 4 * MB; this.offset = 0;
      this.box = document.getElementById("up-sending").content.cloneNode(true).firstElementChild;
      this.bar = this.box.querySelector("progress");
      this.bar.setAttribute("aria-label", words().progress.replace("NAME", file.name));
      this.box.querySelector("[data-up-name]").textContent = file.name;
      this.on("pause", () => this.pause(true));
      this.on("resume", () => this.pause(false));
      this.on("cancel", () => { this.gone = true; this.abort?.abort(); this.pause(false); });
      place(row, this.box);
    }

    on(name, does) { this.box.querySelector(`[data-up-${name}]`).addEventListener("click", does); }

    pause(paused) {
      this.paused = paused;
      this.box.querySelector("[data-up-pause]").hidden = paused;
      this.box.querySelector("[data-up-resume]").hidden = !paused;
      if (paused) { this.abort?.abort(); this.say("paused"); } else { this.wake?.(); this.say("sending"); }
    }

    say(which, seconds = 0) {
      const done = (this.offset / MB).toFixed(1), all = (this.file.size / MB).toFixed(1);
      const text = words()[which].replace("DONE", done).replace("ALL", all).replace("SECONDS", seconds);
      const told = this.box.querySelector("[data-up-told]");
      if (told.textContent !== text) told.textContent = text;
      this.bar.value = this.file.size ? this.offset / this.file.size : 0;
    }

    // Some seconds, or less: until the line is back, or a button is pressed.
    rest(seconds) {
      return new Promise((done) => {
        const timer = setTimeout(() => this.wake(), seconds * 1000);
        this.wake = () => { clearTimeout(timer); removeEventListener("online", this.wake); done(); };
        addEventListener("online", this.wake);
      });
    }

    async ask(address, method, body, headers = {}) {
      this.abort = new AbortController();
      const timer = setTimeout(() => this.abort.abort(), PATIENCE);
      try {
        return await fetch(address, {
          method, body, signal: this.abort.signal, credentials: "same-origin", redirect: "manual",
          headers: { "X-CSRFToken": secret(this.input), ...headers },
        });
      } finally {
        clearTimeout(timer);
      }
    }

    // One request, again and again until it is answered: a line that breaks costs time, nothing else.
    async patiently(request) {
      for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST)) {
        if (this.paused) await new Promise((wake) => { this.wake = wake; });
        if (this.gone) throw new Given();
        try {
          const answer = await request();
          if (answer.status < 500 && answer.status !== 429) return answer;
        } catch (error) {
          if (this.gone) throw new Given();
          if (this.paused) { pause = 0.5; continue; } // nothing is wrong with the line
        }
        this.piece = Math.max(this.piece / 2, SMALLEST);
        this.say("waiting", pause);
        await this.rest(pause);
      }
    }

    async begin(sha) {
      const key = memory.key(sha, this.file), known = sha && memory.get(key);
      if (known) {
        const answer = await this.patiently(() => this.ask(known, "GET"));
        if (answer.ok) { this.offset = Number(answer.headers.get("Upload-Offset")); return known; }
      }
      const form = new URLSearchParams({ name: this.file.name, size: this.file.size, sha256: sha });
      const answer = await this.patiently(() => this.ask(this.input.dataset.up, "POST", form));
      if (answer.status === 422) throw new Refused((await answer.json()).html);
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      this.most = told.piece; this.offset = 0;
      if (sha) memory.set(key, told.address);
      return told.address;
    }

    async send() {
      const sha = await fingerprint(this.file), key = memory.key(sha, this.file);
      this.say("sending");
      this.address = await this.begin(sha);
      while (true) {
        while (this.offset < this.file.size) await this.next();
        this.say("checking");
        const form = new URLSearchParams({ field: this.input.dataset.upField || "" });
        const answer = await this.patiently(() => this.ask(this.address, "POST", form));
        if (answer.status === 409) { this.offset = Number(answer.headers.get("Upload-Offset")); continue; }
        memory.set(key, "");
        if (answer.status === 422) throw new Refused((await answer.json()).html);
        if (!answer.ok) throw new Error(answer.status);
        return (await answer.json()).html;
      }
    }

    async next() {
      const from = this.offset, began = performance.now();
      const answer = await this.patiently(() => this.ask(this.address, "PATCH", this.file.slice(from, from + this.piece), {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(from),
      }));
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
      this.offset = Number(answer.headers.get("Upload-Offset"));
      const took = performance.now() - began;
      if (took < QUICK) this.piece = Math.min(2 * this.piece, this.most);
      if (took > SLOW) this.piece = Math.max(this.piece / 2, SMALLEST);
      this.say("sending");
    }
  }

  function place(row, box) {
    const column = row.querySelector(":scope > div:not(.up-act)");
    column.append(box);
  }

  function drawn(html) {
    const held = document.createElement("template");
    held.innerHTML = html.trim();
    return held.content.firstElementChild;
  }

  // The look of a row: something is wrong, else something is there, else it is still missing.
  function look(row) {
    const has = (name) => row.querySelector(`[data-up-${name}]`);
    const state = has("refused") ? "alert" : has("sending") ? "sync" : has("file") ? "ok" : "file";
    row.classList.toggle("is-bad", state === "alert");
    row.classList.toggle("is-done", state === "ok");
    const use = row.querySelector(":scope > .i use");
    if (use) use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${state}`));
  }

  function removable(box) {
    if (!box.querySelector("input[type=hidden]") || box.querySelector("[data-up-remove]")) return;
    box.append(document.getElementById("up-remove").content.cloneNode(true));
  }

  async function sent(input, file) {
    const row = input.closest(".up"), sending = new Sending(input, file, row);
    look(row);
    try {
      const box = drawn(await sending.send());
      if (!input.multiple) for (const old of row.querySelectorAll("[data-up-file]")) old.remove();
      sending.box.replaceWith(box);
      removable(box);
    } catch (error) {
      if (error instanceof Given) {
        if (sending.address) sending.ask(sending.address, "DELETE").catch(() => {});
        sending.box.remove();
      } else {
        const box = error instanceof Refused ? drawn(error.html) : drawn('<div class="file" data-up-refused><p class="err"></p></div>');
        if (!(error instanceof Refused)) box.firstElementChild.textContent = words().failed;
        sending.box.replaceWith(box);
      }
    }
    look(row);
    input.form.dispatchEvent(new CustomEvent("hefu:uploaded", { bubbles: true }));
  }

  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!input.matches?.("input[type=file][data-up]") || !input.files.length) return;
    const files = [...input.files], row = input.closest(".up");
    input.value = "";
    input.required = false;
    for (const old of row.querySelectorAll("[data-up-refused]")) old.remove();
    for (const file of files) await sent(input, file);
    if ("upReload" in input.dataset && row.querySelector("[data-up-file]") && !row.querySelector("[data-up-refused], [data-up-sending]")) location.reload();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-up-remove]");
    if (!button) return;
    event.preventDefault(); // without a script the button asks the server
    const row = button.closest(".up");
    button.closest("[data-up-file]").remove();
    look(row);
  });

  addEventListener("beforeunload", (event) => {
    if (document.querySelector("[data-up-sending]")) event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll(".up [data-up-file]")) removable(box);
  });
})();
