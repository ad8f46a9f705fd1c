/** A mail server as far as a check goes: greets, offers STARTTLS to whatever is said, and shows its certificates. */
import net from 'node:net';
import tls from 'node:tls';

export function starttlsServer(secureContext: tls.SecureContext): net.Server {
  return net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 hi\r\n');
    const hear = (data: Buffer) => {
      if (!data.toString().startsWith('STARTTLS')) {
        socket.write('250 STARTTLS\r\n');
        return;
      }
      socket.off('data', hear);
      socket.write('220 go\r\n', () =>
        new tls.TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined),
      );
    };
    socket.on('data', hear);
  });
}
