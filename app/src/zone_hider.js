{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`[data-zone="${Intl.DateTimeFormat().resolvedOptions().timeZone}"]{display:none}`);
  document.adoptedStyleSheets = [sheet];
}
