// The waiting room: it counts down to the start by this device's steady counter, and
// then shows the button, for everybody at a moment of their own, so that not all start
// at once. It holds nothing of the paper, which is drawn only after the button.

import { Clock, pageBegan } from "./clock.js";

const room = document.querySelector("[data-waiting]");
const clock = new Clock(Number(room.dataset.opensIn), pageBegan());
const turn = Math.random() * Number(room.dataset.spread);
const find = (name) => room.querySelector(`[data-${name}]`);

function tick() {
  find("clock").textContent = clock.words;
  if (clock.left > 0) return;
  clearInterval(ticking);
  find("countdown").hidden = true;
  find("turn").hidden = false;
  setTimeout(open, turn * 1000);
}

function open() {
  find("turn").hidden = true;
  find("start").hidden = false;
  find("start").querySelector("input:not([type=hidden]), button").focus();
}

room.hidden = false;
document.querySelector("[data-not-yet]").hidden = true;
const ticking = setInterval(tick, 250);
tick();
