/**
 * On the root element of a widget, as `{@attach alive}`: sets `data-ready` once the widget is hydrated. `client:use` waits
 * for it before it replays earlier input, and so do tests. Controls need no `disabled` of their own: without script
 * a widget is rendered inside a disabled fieldset (src/site/widgets/WidgetRoom.astro).
 */
export function alive(root: HTMLElement): void {
  root.dataset['ready'] = 'true';
}
