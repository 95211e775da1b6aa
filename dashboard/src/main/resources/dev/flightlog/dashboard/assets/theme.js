// Before the first paint: the theme that was chosen here, else that of the system.
(() => {
  try {
    const chosen = localStorage.getItem('flightlog-theme');
    if (chosen === 'dark' || chosen === 'light') {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // No storage: the system's theme stays.
  }
})();
