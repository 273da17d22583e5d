// On a review's page, a passage and the facts it proves light each other up. Without this file their links do it.

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
