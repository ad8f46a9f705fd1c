/** Plays the movements between two moments on the drawing that already shows the second. */
import type { Say } from '../../view/messages/say.ts';
import { easing, motionOf, type Frame, type Movement } from '../../view/stage/motion.ts';
import type { State } from '../../view/stage/model.ts';

const keyframe = ({ x, y, scale = 1, opacity, offset }: Frame): Keyframe => ({
  transform: `translate(${x}px, ${y}px) scale(${scale})`,
  ...(opacity === undefined ? {} : { opacity }),
  ...(offset === undefined ? {} : { offset }),
});

export const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The animations that run now: none where the reader asked for less motion, or where the drawing is not seen. */
export function play(
  host: HTMLElement,
  before: State,
  after: State,
  say: Say,
): readonly Animation[] {
  const { svg, layout } = shownIn(host);
  return svg ? animate(svg, motionOf(before, after, layout, say)) : [];
}

/** Of the layouts in a drawing, the one that its width shows; none where the drawing is not seen. */
export function shownIn(host: HTMLElement) {
  const svg = [...host.querySelectorAll('svg')].find((each) => each.getClientRects().length > 0);
  return { svg, layout: svg?.classList.contains('wide') ? 'wide' : 'narrow' } as const;
}

/** Plays movements on the drawing that has their groups; none where the reader asked for less motion. */
export function animate(svg: SVGElement, movements: readonly Movement[]): readonly Animation[] {
  if (isStill()) return [];
  return movements.flatMap((movement) => {
    const element = svg.querySelector(`[data-key="${movement.key}"]`);
    if (!element) return [];
    return element.animate(
      movement.isStroke
        ? [
            { strokeDasharray: '1', strokeDashoffset: '1' },
            { strokeDasharray: '1', strokeDashoffset: '0' },
          ]
        : movement.frames.map(keyframe),
      {
        duration: movement.durationMilliseconds,
        delay: movement.delayMilliseconds,
        easing: movement.isEven ? 'linear' : easing,
        fill: 'backwards',
      },
    );
  });
}
