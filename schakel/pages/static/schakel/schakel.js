/* Small comforts. Every page works without this file. */
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  function setHidden(form, name, value) {
    let field = form.querySelector(`[name="${name}"]`);
    if (field && field.tagName === "SELECT") {
      if (![...field.options].some((option) => option.value === value)) {
        field.add(new Option(field.dataset.here || value, value));
      }
    } else if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.append(field);
    }
    field.value = value;
  }

  /* "Use my location": the position goes into the address of the search (rounded to about 100 metres). */
  function offerLocation(scope) {
    for (const button of scope.querySelectorAll("[data-location]")) {
      if ("geolocation" in navigator) button.hidden = false;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-location]");
    if (!button) return;
    const form = button.form || button.closest("form");
    const says = document.getElementById(button.getAttribute("aria-describedby"));
    says.textContent = button.dataset.busy;
    navigator.geolocation.getCurrentPosition(
      (position) => {
        const { latitude, longitude } = position.coords;
        setHidden(form, "near", `${latitude.toFixed(3)},${longitude.toFixed(3)}`);
        setHidden(form, "sort", "distance");
        form.requestSubmit();
      },
      () => { says.textContent = button.dataset.refused; },
      { maximumAge: 300000, timeout: 10000 },
    );
  });

  /* Fields that are empty do not belong in an address that is shared. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get" || form.hasAttribute("hx-get")) return;
    for (const field of form.elements) {
      if (field.name && field.value === "") field.disabled = true;
    }
  });
  window.addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[method=get] :disabled")) field.disabled = false;
  });

  /* Which groups of filters were open stays so after a fragment was replaced. */
  let open = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    open = new Map([...document.querySelectorAll("details[id]")].map((box) => [box.id, box.open]));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    for (const [id, wasOpen] of open) {
      const box = document.getElementById(id);
      if (box) box.open = wasOpen;
    }
    offerLocation(event.target);
  });

  /* No connection: say so. A refusal by the server: show its own page, which says what is wrong. */
  const offline = document.getElementById("offline");
  document.addEventListener("htmx:sendError", () => { if (offline) offline.hidden = false; });
  document.addEventListener("htmx:beforeRequest", () => { if (offline) offline.hidden = true; });
  document.addEventListener("htmx:responseError", (event) => {
    window.location.assign(event.detail.pathInfo.finalRequestPath);
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* At most four can be compared: the fifth box cannot be ticked. Ticking is no new search: the form must not hear it. */
  document.addEventListener("change", (event) => {
    if (event.target.name !== "o") return;
    event.stopPropagation();
    const boxes = [...document.querySelectorAll("input[name=o]")];
    const full = boxes.filter((box) => box.checked).length >= 4;
    for (const box of boxes) box.disabled = full && !box.checked;
  }, true);

  /* Texts to copy: the button only shows where the browser can do it. */
  function offerCopy(scope) {
    if (!navigator.clipboard) return;
    for (const button of scope.querySelectorAll("[data-copy]")) button.hidden = false;
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
  document.addEventListener("htmx:afterSwap", (event) => offerCopy(event.target));
  offerCopy(document);

  /* A passkey that did not work, or that somebody stopped, is said on the page. */
  document.addEventListener("allauth.error", (event) => {
    const fault = document.getElementById("sleutel-fout");
    if (!fault) return;
    event.preventDefault();
    fault.hidden = false;
  });

  /* A passkey button would do nothing before its script is there: until then, and without it, it cannot be pressed. */
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.allauth?.webauthn) return;
    for (const button of document.querySelectorAll("[data-passkey]")) button.disabled = false;
  });

  offerLocation(document);
})();
