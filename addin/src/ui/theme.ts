import * as office from "../office";

/** Applies the client's theme, light or dark; if Office does not report one, the theme that the user prefers. */
export function paint(): void {
  const preferred = window.matchMedia("(prefers-color-scheme: dark)");
  const now = () => {
    document.documentElement.dataset["theme"] = (office.isDark() ?? preferred.matches) ? "dark" : "light";
  };
  preferred.addEventListener("change", now);
  now();
}
