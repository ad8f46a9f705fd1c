/** What a test calls in a browser: the readers, and what unpacks. */
import { throughBounded } from '../../src/world/bounds.ts';
import { unpackRecording } from '../../src/world/recorded.ts';
import { readReportFile } from '../../src/world/files/report-file.ts';
import { growthFaults, parsers } from './parsers.ts';

const octetsOf = (base64: string) => Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));

export const strangers = {
  names: parsers.map(({ name }) => name),
  tried: (name: string) => {
    const found = [...growthFaults(parsers.filter((parser) => parser.name === name))];
    return { count: found.length, faults: found.flatMap(({ fault }) => fault ?? []) };
  },
  unpacked: async (base64: string, format: CompressionFormat, octetsMost: number) =>
    (await throughBounded(octetsOf(base64), new DecompressionStream(format), octetsMost))?.length,
  recording: async (link: string) => (await unpackRecording(link)) !== undefined,
  report: async (base64: string) => {
    const found = await readReportFile(octetsOf(base64), 'a');
    return found.map((each) => (each.ok ? 'read' : each.situation)).join();
  },
};
Object.assign(globalThis, { strangers });
