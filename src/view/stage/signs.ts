/**
 * How a delivery ends, as a sign: the shape says whether the letter is safe, the sign in it how it ended, the colour both
 * again. Round is safe, pointed is not, a dashed ring is in between, a square holds mail back.
 * Drawn in a box from -10 to 10, so that a badge, a table cell and a chart dot share them.
 */
import { verdicts, type Verdict } from '../../core/verdict.ts';

/** A verdict; or real mail that a planted policy holds back: not read, and yet harmed. */
export type Ending = Verdict | 'stuck';
export const endings: readonly Ending[] = [...verdicts, 'stuck'];

/** `outer` is filled, by the even-odd rule; `inner` is stroked on it in the paper colour. */
export interface Sign {
  readonly outer: string;
  readonly inner: string;
}

const disc = 'M0-9.7a9.7 9.7 0 1 1 0 19.4a9.7 9.7 0 1 1 0-19.4z';

export const signs: Readonly<Record<Ending, Sign>> = {
  // a disc with a tick
  'delivered-proven': { outer: disc, inner: 'M-4.4.4-1.4 3.6 4.6-3.4' },
  // a disc with an hourglass
  waits: {
    outer: disc,
    inner: 'M-3.6-5.2H3.6M-3.6 5.2H3.6M-3-5.2C-3-1.5 3 1.5 3 5.2M3-5.2C3-1.5-3 1.5-3 5.2',
  },
  // a broken ring with a question mark: closed, but nobody knows around whom
  'delivered-unproven': {
    outer:
      'M-2.5-9.4A9.7 9.7 0 0 1 2.5-9.4L1.9-7.1A7.3 7.3 0 0 0-1.9-7.1ZM4.9-8.4A9.7 9.7 0 0 1 8.4-4.9L6.3-3.7A7.3 7.3 0 0 0 3.7-6.3ZM9.4-2.5A9.7 9.7 0 0 1 9.4 2.5L7.1 1.9A7.3 7.3 0 0 0 7.1-1.9ZM8.4 4.9A9.7 9.7 0 0 1 4.9 8.4L3.7 6.3A7.3 7.3 0 0 0 6.3 3.7ZM2.5 9.4A9.7 9.7 0 0 1-2.5 9.4L-1.9 7.1A7.3 7.3 0 0 0 1.9 7.1ZM-4.9 8.4A9.7 9.7 0 0 1-8.4 4.9L-6.3 3.7A7.3 7.3 0 0 0-3.7 6.3ZM-9.4 2.5A9.7 9.7 0 0 1-9.4-2.5L-7.1-1.9A7.3 7.3 0 0 0-7.1 1.9ZM-8.4-4.9A9.7 9.7 0 0 1-4.9-8.4L-3.7-6.3A7.3 7.3 0 0 0-6.3-3.7Z' +
      'M-3.7-1.9C-3.7-6.8 3.8-6.8 3.8-2.2C3.8.3 1.1.4 1.1 2.2H-1.1C-1.1-.9 1.6-.6 1.6-2.2C1.6-4-1.5-4-1.5-1.9ZM-1.25 3.6H1.25V6H-1.25Z',
    inner: '',
  },
  // a triangle with an eye: a postcard, read by whoever holds it
  'delivered-readable': {
    outer: 'M0-10 10.6 8.8H-10.6z',
    inner: 'M-5 3.4C-2.5 0 2.5 0 5 3.4 2.5 6.4-2.5 6.4-5 3.4zM0 3.2V3.4',
  },
  // a diamond with a cross
  'delivered-to-attacker': {
    outer: 'M0-10.6 10.6 0 0 10.6-10.6 0z',
    inner: 'M-3.3-3.3 3.3 3.3M3.3-3.3-3.3 3.3',
  },
  // a square with an arrow back
  refused: { outer: 'M-8.8-8.8H8.8V8.8H-8.8z', inner: 'M4.6 0H-4.4M-1-3.6-4.6 0-1 3.6' },
  // a barred window
  stuck: { outer: 'M-8.8-8.8H8.8V8.8H-8.8z', inner: 'M-4.4-5.4V5.4M0-5.4V5.4M4.4-5.4V5.4' },
};

/** What is at stake for the reader: is the letter safe? */
export const safeties = ['safe', 'between', 'unsafe', 'harm'] as const;
export type Safety = (typeof safeties)[number];

export const safetyOf: Readonly<Record<Ending, Safety>> = {
  'delivered-proven': 'safe',
  waits: 'safe',
  refused: 'safe',
  'delivered-unproven': 'between',
  'delivered-readable': 'unsafe',
  'delivered-to-attacker': 'unsafe',
  stuck: 'harm',
};

/** What the attacker does on a line, in a disc of radius 19. */
export const actPaths = {
  reads: 'M-10 0C-5-7 5-7 10 0 5 7-5 7-10 0ZM-2.6 0A2.6 2.6 0 1 0 2.6 0 2.6 2.6 0 1 0-2.6 0',
  blocks: 'M-8-8 8 8M8-8-8 8',
  lies: 'M-9-4H8M4-8 8-4 4 0M9 5H-8M-4 1-8 5-4 9',
  strips: 'M-5-1V-4A5 5 0 0 1 4.6-6M-8-1H8V9H-8Z',
  takes: 'M-9-6H9V6H-9ZM-9-6 0 1 9-6',
  poses:
    'M-6-10H6V10H-6ZM0-2.5A2.6 2.6 0 1 0 0-7.6 2.6 2.6 0 1 0 0-2.5M-3.6 5C-3.6 .4 3.6 .4 3.6 5Z',
} as const;

export type Act = keyof typeof actPaths;
