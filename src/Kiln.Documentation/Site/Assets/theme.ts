// Before anything is shown: the theme that the reader has chosen. Without a choice the system decides.
(() => {
  try {
    const theme = localStorage.getItem("kiln-theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage may be forbidden; then every page follows the system.
  }
  document.documentElement.classList.add("js");
})();
