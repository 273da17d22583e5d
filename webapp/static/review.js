// On a review's page, a passage and the facts it proves light each other up, and the facts stay in sight beside the
// text. Without this file their links do the one, and the facts stand at the top of the other.

const passages = [...document.querySelectorAll(".proved[data-facts]")];
const facts = new Map([...document.querySelectorAll(".margin li[id]")].map((item) => [item.id.slice(1), item]));

const numbers = (passage) => passage.dataset.facts.split(" ");

function light(wanted) {
  passages.forEach((passage) => passage.classList.toggle("lit", numbers(passage).some((n) => wanted.has(n))));
  facts.forEach((item, n) => item.classList.toggle("lit", wanted.has(n)));
}

const none = new Set();
passages.forEach((passage) => {
  const mine = new Set(numbers(passage));
  passage.addEventListener("mouseenter", () => light(mine));
  passage.addEventListener("mouseleave", () => light(none));
  passage.addEventListener("focusin", () => light(mine));
  passage.addEventListener("focusout", () => light(none));
});
facts.forEach((item, n) => {
  const mine = new Set([n]);
  item.addEventListener("mouseenter", () => light(mine));
  item.addEventListener("mouseleave", () => light(none));
  item.addEventListener("focusin", () => light(mine));
  item.addEventListener("focusout", () => light(none));
});

// A list longer than the window sticks by its foot, so that all of it can be reached without a scroll box of its own.
const margin = document.querySelector(".margin");
function stick() {
  margin.style.position = "sticky";
  margin.style.top = `${Math.min(20, innerHeight - margin.offsetHeight - 20)}px`;
}
stick();
addEventListener("resize", stick);
