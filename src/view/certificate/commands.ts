/** The commands that an administrator copies; a browser may not open port 25 itself. */

/** The commands that fetch what the two fields want, for this host. */
export const fetchCommands = (host: string): { readonly chain: string; readonly tlsa: string } => ({
  chain: `openssl s_client -starttls smtp -connect ${host}:25 -servername ${host} -showcerts </dev/null`,
  tlsa: `dig _25._tcp.${host} TLSA`,
});
