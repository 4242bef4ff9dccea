// Handing in: the device lets the room go first. Were the reply lost, it would otherwise
// give a room back that is over.

import { forgetRoom } from "./keeping.js";

const form = document.querySelector("[data-hand-in]");
let gone = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (gone) return;
  gone = true;
  await forgetRoom(form.dataset.handIn);
  form.submit();
});
// A page that is gone back to can be handed in again.
window.addEventListener("pageshow", () => {
  gone = false;
});
