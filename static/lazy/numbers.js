// Numbers as a language writes them. The app writes `1,234.5`, `$15.9 M` and `31 %`.

const CURRENCIES = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "CHF\u{a0}": "CHF", CA$: "CAD", A$: "AUD", "SEK\u{a0}": "SEK", "₹": "INR" };
const SCALES = { " k": 1e3, " M": 1e6, " bn": 1e9 };
const UNITS = "%|[KMGTP]iB|[MG]B|[kMG]Hz|GHz|[kMG]?Wh|[kM]?W|k?g|k?t|ms|s|h|×|Mbit/s|Gbit/s|MiB/s|IOPS";
const MONEY = `(${Object.keys(CURRENCIES).join("|").replaceAll("$", "\\$")})(\\d[\\d,]*)(\\.\\d+)?( k| M| bn)?(?![\\w])`;
// Thousands are told by their comma; a point alone may as well belong to a version or an address, unless a unit or nothing follows.
const PLAIN = `\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+\\.\\d+(?=\\s?(?:${UNITS})(?![\\w])|$)`;

/** How `language` writes the numbers of a text that the app wrote. */
export function numbersOf(language) {
  const money = new RegExp(`(?<![\\w])${MONEY}`, "gu");
  const plain = new RegExp(`(?<![\\w.,])(?:${PLAIN})(?![\\d,.]*\\d)`, "gu");
  const valueOf = (text) => Number(text.replaceAll(",", ""));
  const format = (value, decimals, options) =>
    new Intl.NumberFormat(language, { ...options, minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
  const decimalsOf = (text) => text.split(".")[1]?.length ?? 0;
  return (text) => {
    if (!/\d/.test(text)) return text;
    const parts = [];
    // What is written already is no number any more.
    const keep = (written) => `\u{e000}${parts.push(written) - 1}\u{e001}`;
    const coded = text
      .replace(money, (_, sign, whole, rest = "", scale) => {
        const options = { style: "currency", currency: CURRENCIES[sign] };
        const value = valueOf(whole + rest) * (SCALES[scale] ?? 1);
        if (!scale) return keep(format(value, decimalsOf(rest), options));
        const digits = (whole + rest).replace(/\D|^0+/g, "").length || 1;
        return keep(new Intl.NumberFormat(language, { ...options, notation: "compact", maximumSignificantDigits: Math.max(digits, 3) }).format(value));
      })
      .replace(plain, (number) => keep(format(valueOf(number), decimalsOf(number))));
    return coded.replace(/\u{e000}(\d+)\u{e001}/gu, (_, index) => parts[index]);
  };
}
