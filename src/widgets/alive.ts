/**
 * On the root of a widget, as `{@attach alive}`: its script is there. Whoever was waiting for that (`client:use`, with
 * what was pressed before; tests) finds it in `data-ready`. Controls need not know: without script the room around
 * a widget is a disabled fieldset (src/site/widgets/WidgetRoom.astro).
 */
export function alive(root: HTMLElement): void {
  root.dataset['ready'] = 'true';
}
