/**
 * Whether an address may be connected to. Public ones may; private ones where the owner named the host; some never: addresses of the
 * link, of instance metadata, of nobody and of everybody. After the special-purpose registries of IANA (RFC 6890 and its updates).
 * An IPv4 address inside an IPv6 one counts as what it leads to. Pure.
 */
import { BlockList, isIP, isIPv6 } from 'node:net';

export type AddressKind = 'public' | 'private' | 'never';

const listOf = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
};
const never = {
  v4: listOf([
    '0.0.0.0/8',
    '100.100.100.200/32',
    '169.254.0.0/16',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ]),
  v6: listOf([
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    '3fff::/20',
    '5f00::/16',
    'fd00:ec2::254/128',
    'fe80::/9',
    'ff00::/8',
  ]),
};
const inside = {
  v4: listOf(['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']),
  v6: listOf(['::1/128', 'fc00::/7']),
};

export function addressKind(address: string): AddressKind {
  const bare = address.replace(/%.*$/, '');
  if (bare !== address || isIP(bare) === 0) return 'never';
  if (!isIPv6(bare)) return never.v4.check(bare, 'ipv4') ? 'never' : inside.v4.check(bare, 'ipv4') ? 'private' : 'public';
  const words = wordsOf(bare);
  const zeros = (from: number, to: number): boolean => words.slice(from, to).every((word) => word === 0);
  // ::ffff:a.b.c.d, and 64:ff9b::a.b.c.d of a translator (RFC 6052)
  if ((zeros(0, 5) && words[5] === 0xffff) || (words[0] === 0x64 && words[1] === 0xff9b && zeros(2, 6))) return addressKind(v4In(words));
  if (zeros(0, 6) && !(words[6] === 0 && words[7] === 1)) return 'never';
  return never.v6.check(bare, 'ipv6') ? 'never' : inside.v6.check(bare, 'ipv6') ? 'private' : 'public';
}

const v4In = (words: readonly number[]): string => [words[6] ?? 0, words[7] ?? 0].flatMap((word) => [word >> 8, word & 0xff]).join('.');

/** The eight words of an IPv6 address. */
function wordsOf(address: string): readonly number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text =
    dotted === null
      ? address
      : `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}`;
  const [before = '', after] = text.split('::');
  const words = (part: string): number[] => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)));
  const [first, last] = [words(before), words(after ?? '')];
  return after === undefined ? first : [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}
