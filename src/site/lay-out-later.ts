/**
 * Lays out what waits (`.fs-later`, site.css) as soon as the browser has nothing else to do: one room in each
 * task, so that whoever scrolls or types meanwhile is not kept waiting. Rooms may stand in rooms. Only on
 * pages that have a script anyway: an article without a widget has none, and its rooms wait for their reader.
 */

const whenIdle = (task: () => void): void => {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(task);
  else setTimeout(task, 30);
};

function layOut([room, ...others]: readonly HTMLElement[]): void {
  if (room === undefined) {
    // From here on for what widgets make anew.
    document.documentElement.classList.add('fs-whole');
    return;
  }
  room.style.contentVisibility = 'visible';
  // Now, and not together with other rooms in the next frame. Not by the room's own size: one that is folded
  // away would be laid out for that.
  void document.body.offsetHeight;
  whenIdle(() => layOut(others));
}

whenIdle(() => layOut([...document.querySelectorAll<HTMLElement>('.fs-later')]));
