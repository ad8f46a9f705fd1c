/** First contact's state; the tracks are recomputed by the core at every change. */
import { Work } from '../work.svelte.ts';
import type { Row } from '../../view/trace/row.ts';
import type { Correction } from '../../view/query.ts';
import { addressWith, writeAddress } from '../link/search.ts';
import {
  fromQuery,
  parameterNames,
  stateOfStop,
  stopOf,
  toQuery,
  type FirstContactState,
  type StopId,
} from '../../view/first-contact/state.ts';
import type { Track, TrackId } from '../../view/first-contact/track.ts';

export interface OpenDot {
  readonly track: TrackId;
  readonly index: number;
  readonly rows: readonly Row[];
}

export class Session {
  state = $state.raw<FirstContactState>() as FirstContactState;
  tracks = $state.raw<readonly Track[]>([]);
  /** Before the last change. */
  before = $state.raw<readonly Track[] | undefined>(undefined);
  corrections = $state.raw<readonly Correction[]>([]);
  dot = $state.raw<OpenDot | undefined>(undefined);
  /** Messages of the draft's track that its other description would end otherwise. */
  otherwise = $state(0);
  readonly work = new Work(() => import('../../view/first-contact/tracks.ts'));

  constructor({ state, tracks, otherwise }: Pick<Session, 'state' | 'tracks' | 'otherwise'>) {
    this.state = state;
    this.tracks = tracks;
    this.otherwise = otherwise;
  }

  get stop(): StopId | undefined {
    return stopOf(this.state);
  }

  async open(query: URLSearchParams): Promise<void> {
    if (!parameterNames.some((name) => query.has(name))) return;
    const { state, corrections, dot } = fromQuery(query);
    this.corrections = corrections;
    await this.#run(state);
    if (dot) await this.openDot(dot.track, dot.index);
  }

  async set(change: Partial<FirstContactState>): Promise<void> {
    this.corrections = [];
    const state = { ...this.state, ...change };
    // A drag tells of every pixel; most of them change nothing.
    if (toQuery(state).toString() === toQuery(this.state).toString()) return;
    await this.#run(state);
    this.write();
  }

  goTo(stop: StopId): Promise<void> {
    return this.set(stateOfStop(stop));
  }

  async openDot(track: TrackId, index: number): Promise<void> {
    const { traceOf } = await this.work.prepare();
    const rows = traceOf(this.state, track, index);
    this.dot = rows && { track, index, rows };
    this.write();
  }

  closeDot(): void {
    this.dot = undefined;
    this.write();
  }

  async #run(state: FirstContactState): Promise<void> {
    this.state = state;
    this.dot = undefined;
    await this.work.do(
      ({ otherwiseByOtherReading, runTracks }) => ({
        tracks: runTracks(state),
        otherwise: otherwiseByOtherReading(state),
      }),
      ({ tracks, otherwise }) => {
        this.before = this.tracks;
        this.tracks = tracks;
        this.otherwise = otherwise;
      },
    );
  }

  write(): void {
    writeAddress(this.address());
  }

  address(): string {
    const query = toQuery(this.state);
    if (this.dot) query.set('dot', `${this.dot.track}.${this.dot.index + 1}`);
    return addressWith(parameterNames, query);
  }
}
