/** The whole delivery as a figure, whatever step the reader stands at. Loaded when a file is wanted. */
import type { Say } from '../../view/messages/say.ts';
import type { Drawing, Letters } from '../../view/drawing/drawing.ts';
import { simulatorDrawing } from '../../view/simulator/drawing.ts';
import type { Session } from './session.svelte.ts';

export async function figureOf(session: Session, say: Say): Promise<(letters: Letters) => Drawing> {
  const { simulate } = await session.engine();
  const simulation = session.alive ?? simulate(session.knobs);
  const protection = say(`knob.protection.${session.knobs.protection}`);
  const title = session.preset?.title ?? say('figure.own-settings', { protection });
  return (letters) => simulatorDrawing(simulation, title, say, letters);
}
