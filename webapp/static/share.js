// A button beside each link and program that copies it. Without this file they are selected by hand.

for (const text of document.querySelectorAll(".copies")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text);
      button.textContent = "Selected: copy with Ctrl + C";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2500);
  });
  text.after(button);
}
