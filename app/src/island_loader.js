const wake = async () => {
  const module = await import("PKG");
  await module.default({ module_or_path: "WASM" });
  module.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) {
    island.parentElement.closest("leptos-children")?.$$on_hydrate?.();
    await module[island.dataset.component]?.(island);
  }
  document.documentElement.dataset.awake = "";
};
if (document.querySelector("leptos-island")) (window.requestIdleCallback ?? setTimeout)(wake);
