/** Sending to an address that a stranger named: https only, never into a private network, no redirects. */
import { createHmac } from 'node:crypto';
import { lookup, type LookupAddress } from 'node:dns';
import { request } from 'node:https';
import { BlockList, isIP } from 'node:net';

const TIMEOUT = 10_000;

/** Networks that are not the internet's. */
const INSIDE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv6');

/** All that is given out of IPv6 (RFC 4291, 2.4): local, mapped and translated addresses lie beside it. */
const WORLD = new BlockList();
WORLD.addSubnet('2000::', 3, 'ipv6');

/** Whether an address lies inside: private, local, reserved; also an IPv4 address in IPv6's clothes. */
export function isInside(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  if (family === 4) return INSIDE.check(address, 'ipv4');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return INSIDE.check(mapped, 'ipv4');
  return !WORLD.check(address, 'ipv6') || INSIDE.check(address, 'ipv6');
}

type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

function resolveName(host: string): Promise<LookupAddress[]> {
  return new Promise((done, fail) =>
    lookup(host, { all: true }, (error, found) => (error ? fail(error) : done(found))),
  );
}

/**
 * The address to connect to. It is resolved once and used as it was checked: a name that changes meanwhile helps nobody.
 * @throws Error when the URL is not https, or any of its addresses lies inside
 */
export async function pinnedAddress(url: URL, resolve: Resolve = resolveName): Promise<LookupAddress> {
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new Error('webhook: not https');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (found.length === 0 || found.some(({ address }) => isInside(address)))
    throw new Error('webhook: address inside');
  return found[0]!;
}

/** `sha256=…`: HMAC-SHA-256 of the body by the subscriber's own token. */
export function signatureOf(token: string, body: string): string {
  return `sha256=${createHmac('sha256', token).update(body).digest('hex')}`;
}

/** Posts a message. @throws Error unless it is answered by 2xx in time */
export async function post(dest: string, body: string, token: string | null): Promise<void> {
  const url = new URL(dest);
  const { address, family } = await pinnedAddress(url);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'gs1-epcis-version': '2.0.0',
    'gs1-cbv-version': '2.0.0',
    ...(token === null ? {} : { 'gs1-signature': signatureOf(token, body) }),
  };
  await new Promise<void>((done, fail) => {
    const pinned = (_host: string, options: { all?: boolean }, answer: (...found: unknown[]) => void) =>
      options.all ? answer(null, [{ address, family }]) : answer(null, address, family);
    const sent = request(
      url,
      { method: 'POST', headers, lookup: pinned as never, timeout: TIMEOUT, agent: false },
      (response) => {
        response.destroy();
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) done();
        else fail(new Error(`webhook: answered ${status}`));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('webhook: no answer in time')));
    sent.on('error', fail);
    sent.end(body);
  });
}
