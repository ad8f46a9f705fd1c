/** Senders and world together: loaded on the first change, or when the address asks for a state. */
export { otherwiseByOtherReading, runTracks, traceOf } from '../../view/first-contact/tracks.ts';
