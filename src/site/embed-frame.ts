/** What an embed does for the page around it: its theme, as the address asks, and its height. */

/** The theme of an embed, as its address asks: `theme=light` or `theme=dark`; anything else follows the reader. */
export function applyTheme(root: HTMLElement, query: string): void {
  const theme = new URLSearchParams(query).get('theme');
  if (theme === 'light' || theme === 'dark') root.dataset['theme'] = theme;
}

/**
 * Tells the page around an embed how high it is, so that its frame can fit (public/embed.js listens).
 * A height and nothing else: what a reader does in the frame is nobody's business, so the target may be
 * any page.
 */
export function tellHeight(frame: Window): void {
  const { document } = frame;
  if (frame.parent === frame) return;
  let told = 0;
  const tell = () => {
    // Where the last of it ends, not the page: that is never lower than the frame, and a frame that is
    // too high must be able to shrink. Rounded up: half a pixel too few is a scrollbar.
    const ends = [...document.body.children].map((part) => part.getBoundingClientRect().bottom);
    const height = Math.ceil(Math.max(...ends) + frame.scrollY);
    if (height === told) return;
    told = height;
    frame.parent.postMessage({ type: 'sts-dane:height', height }, '*');
  };
  const observer = new ResizeObserver(tell);
  for (const part of document.body.children) observer.observe(part);
  frame.addEventListener('load', tell);
  // The page's script may come after the first word; all it can ask for is that word again.
  frame.addEventListener('message', ({ source, data }: MessageEvent<{ type?: unknown } | null>) => {
    if (source !== frame.parent || data?.type !== 'sts-dane:ask') return;
    told = 0;
    tell();
  });
}
