/** A mail server that never stops talking is listened to for 32 kB in all, however it paces and cuts. */
import net, { type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openSmtpWorld } from '../../src/command-line/smtp-world.ts';
import { nameOf } from '../../src/core/dns/name.ts';

let server: net.Server | undefined;
const sockets = new Set<net.Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server?.close();
});

/** Sends pieces for ever, each as its own packet; counts what went out. */
async function flood(first: string, piece: string): Promise<{ port: number; sent: () => number }> {
  let sent = 0;
  server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write(first);
    const timer = setInterval(() => {
      if (socket.destroyed) return clearInterval(timer);
      socket.write(piece);
      sent += piece.length;
    }, 1);
    socket.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { port: (server?.address() as AddressInfo).port, sent: () => sent };
}

test.each([
  ['lines that go on', '220-a\r\n', '220-more\r\n'.repeat(100)],
  ['one line without end', '220-a\r\n', 'x'.repeat(1000)],
  ['empty lines', '220-a\r\n', '220-\n'.repeat(200)],
])(
  '%s',
  async (_, first, piece) => {
    const { port, sent } = await flood(first, piece);
    const world = openSmtpWorld({
      port,
      tlsa: [],
      nowSeconds: 0,
      signal: new AbortController().signal,
    });
    const question = { ask: 'connect', host: nameOf('mx.test'), address: '127.0.0.1' } as const;
    const { answer } = await world.answer(question);
    world.close();
    expect(answer).toMatchObject({ kind: 'failed', why: 'too-much' });
    expect(world.lines.join('\n').length).toBeLessThan(33 * 1024);
    // What the kernel holds for both sides comes on top of what was read.
    expect(sent()).toBeLessThan(4 * 1024 * 1024);
  },
  60_000,
);

test('and after a good greeting, for what comes in later replies', async () => {
  const { port } = await flood('220 hello\r\n', '250-more\r\n'.repeat(100));
  const world = openSmtpWorld({
    port,
    tlsa: [],
    nowSeconds: 0,
    signal: new AbortController().signal,
  });
  const question = { ask: 'connect', host: nameOf('mx.test'), address: '127.0.0.1' } as const;
  const opened = await world.answer(question);
  expect(opened.answer).toMatchObject({ kind: 'open' });
  const { answer } = await world.answer({ ask: 'ehlo', session: 0 });
  world.close();
  expect(answer).toMatchObject({ starttls: false, why: 'too-much' });
  expect(world.lines.join('\n').length).toBeLessThan(33 * 1024);
}, 60_000);
