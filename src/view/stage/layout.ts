/**
 * Where things stand: one table for each layout, in the units of its view box; nothing else differs between them.
 * Everything that the sender talks to stands right of the attacker, so that one figure visibly stands between.
 */
const wide = {
  width: 960,
  height: 466,
  /** Sizes of text: of names and chips, of labels; the smallest is 11 pixels at the smallest width in use. */
  text: 18,
  label: 16,
  /** Of letters, badges and signs. */
  scale: 1,
  thought: { x: 12, y: 8, width: 224, height: 82 },
  sender: { x: 12, y: 106, width: 224, height: 354 },
  rules: { x: 24, y: 138, width: 200, height: 62 },
  memory: { x: 24, y: 206, width: 200, height: 98 },
  queue: { x: 24, y: 310, width: 200, height: 140 },
  servers: {
    dns: { x: 736, y: 82, width: 212, height: 86 },
    web: { x: 736, y: 178, width: 212, height: 86 },
    mail: { x: 736, y: 280, width: 212, height: 180 },
  },
  /** Inside the receiving server, where a letter arrives. */
  inbox: { x: 750, y: 372, width: 184, height: 78 },
  /** The height of each line, and where it leaves the sender. */
  lines: { dns: 140, web: 226, mail: 376 },
  leaves: { dns: 168, web: 226, mail: 376 },
  /** Middles of letters at rest. */
  home: { x: 124, y: 370 },
  goal: { x: 842, y: 420 },
  attacker: { x: 486, top: 6, bottom: 460, scale: 0.86 },
  /** Where answers reach the sender, and where they leave their server; under each other where there is no room. */
  near: 338,
  far: 636,
  rowDown: 0,
  /** How far above the line for mail its questions stand. */
  mailUp: 62,
  /** The widest chip. */
  chip: 196,
};

export type Layout = Readonly<typeof wide>;

const narrow: Layout = {
  width: 344,
  height: 332,
  text: 13.5,
  label: 12.4,
  scale: 0.66,
  thought: { x: 2, y: 2, width: 122, height: 52 },
  sender: { x: 2, y: 62, width: 122, height: 268 },
  rules: { x: 8, y: 82, width: 110, height: 54 },
  memory: { x: 8, y: 140, width: 110, height: 64 },
  queue: { x: 8, y: 208, width: 110, height: 116 },
  servers: {
    dns: { x: 252, y: 44, width: 90, height: 64 },
    web: { x: 252, y: 116, width: 90, height: 64 },
    mail: { x: 252, y: 188, width: 90, height: 142 },
  },
  inbox: { x: 258, y: 250, width: 78, height: 74 },
  lines: { dns: 84, web: 150, mail: 262 },
  leaves: { dns: 100, web: 150, mail: 262 },
  home: { x: 63, y: 260 },
  goal: { x: 297, y: 294 },
  attacker: { x: 188, top: 2, bottom: 330, scale: 0.52 },
  near: 188,
  far: 188,
  rowDown: 38,
  mailUp: 58,
  chip: 124,
};

export const layouts = { wide, narrow };
export type LayoutName = keyof typeof layouts;
