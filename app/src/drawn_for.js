const drawn = document.getElementById("other-person")?.dataset.drawnFor;
const compare = async () => {
  if (document.hidden) return;
  const answer = await fetch("/drawn-for").catch(() => {});
  if (!answer?.ok) return;
  const now = await answer.text();
  const shown = now === drawn ? "" : now ? "other" : "nobody";
  for (const dialog of document.querySelectorAll("dialog[data-shown-for]")) {
    if (dialog.dataset.shownFor !== shown) dialog.close();
    else if (!dialog.open) dialog.showModal();
  }
};
if (drawn) {
  document.addEventListener("visibilitychange", compare);
  addEventListener("pageshow", (event) => event.persisted && compare());
}
