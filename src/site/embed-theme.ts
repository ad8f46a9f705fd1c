/** The theme of an embed, as its address asks: `theme=light` or `theme=dark`; anything else follows the reader. */
export function applyTheme(root: HTMLElement, query: string): void {
  const theme = new URLSearchParams(query).get('theme');
  if (theme === 'light' || theme === 'dark') root.dataset['theme'] = theme;
}
