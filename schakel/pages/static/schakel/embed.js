/* On other people's websites: each link of Schakel's becomes a frame that is as high as what stands in it. */
"use strict";
(() => {
  const home = new URL(document.currentScript.src).origin;

  function follow(frame) {
    addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== home) return;
      const height = Number(event.data?.schakelHeight);
      if (height > 0 && height < 20_000) frame.height = Math.ceil(height);
    });
    frame.contentWindow?.postMessage("schakel", "*");  // one that stood here before is asked to tell again
  }

  for (const link of document.querySelectorAll("a[data-schakel]")) {
    const address = new URL(link.dataset.schakel, home);
    if (address.origin !== home) continue;
    const frame = document.createElement("iframe");
    frame.title = link.textContent;
    frame.width = "100%";
    frame.height = "480";
    frame.style.border = "0";
    frame.referrerPolicy = "no-referrer";
    frame.src = address.href;
    link.replaceWith(frame);
    follow(frame);
  }
  document.querySelectorAll("iframe[data-schakel]").forEach(follow);
})();
