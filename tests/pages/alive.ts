/** What a reader does first: a widget comes alive when somebody is there. */
import { expect, type Locator } from '@playwright/test';

/** Scrolls to a widget, moves the pointer, and waits until the widget says that it is ready. */
export async function alive(widget: Locator): Promise<void> {
  await widget.scrollIntoViewIfNeeded();
  const { mouse } = widget.page();
  await mouse.move(1, 1);
  await mouse.move(3, 3);
  await expect(widget).toHaveAttribute('data-ready', 'true', { timeout: 30_000 });
}
