/** The whole delivery as a figure, whatever step the reader stands at. Loaded when a file is wanted. */
import type { Say } from '../../view/messages/say.ts';
import type { Drawing, Letters } from '../../view/drawing/drawing.ts';
import { simulatorDrawing } from '../../view/simulator/drawing.ts';
import type { Session } from './session.svelte.ts';

export const figureOf =
  (session: Session, title: string, say: Say): ((letters: Letters) => Drawing) =>
  (letters) =>
    simulatorDrawing(session.shown, title, say, letters);
