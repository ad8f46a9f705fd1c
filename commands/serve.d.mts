import type { Server } from 'node:http';

/** A server for the folder `root`, not yet listening. */
export function siteServer(root: string): Server;

/** Listens on 127.0.0.1, on `port` or the next one that is free; resolves to the address. */
export function listen(server: Server, port: number): Promise<string>;
