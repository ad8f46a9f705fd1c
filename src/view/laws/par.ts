/** Par of each level of the game: every choice of moves is played, the smallest first. */
import { outcomeOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';
import { safetyOf } from '../stage/signs.ts';
import { choicesOf } from '../stage/powers.ts';
import { knobsAt, moveGroups, movesAt, type Level, type Move } from './game.ts';

/** The fewest moves with which somebody else reads or gets the message; undefined: no choice of moves does. */
export function parOf(level: Level): readonly Move[] | undefined {
  const allowed = movesAt(level).flat();
  return choicesOf(moveGroups)
    .filter(({ powers }) => powers.every((move) => allowed.includes(move)))
    .find(({ powers }) => safetyOf[outcomeOfKnobs(knobsAt(level, powers)).verdict] === 'unsafe')
    ?.powers;
}
