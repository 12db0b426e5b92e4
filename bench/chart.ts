// The ratios of a benchmark as a bar chart: one row a program, the wall time beside that of C++ Nix, on a logarithmic scale.

interface Row {
  readonly name: string;
  readonly ratio: { readonly wall: number };
}

const labelWidth = 190;
const chartWidth = 560;
const rowHeight = 22;
const top = 56;
/** The ends of the scale; what is beyond them is drawn up to them. */
const [least, most] = [1 / 16, 16];
const ticks = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16];

/** An SVG picture. Bars to the left of 1 are programs that ocinix runs faster. */
export function drawChart(rows: readonly Row[]): string {
  const height = top + rows.length * rowHeight + 16;
  const bottom = top + rows.length * rowHeight;
  const grid = ticks.map((tick) => {
    const x = placeOf(tick).toFixed(1);
    const label = tick < 1 ? `1/${1 / tick}` : String(tick);
    return (
      `<line x1="${x}" y1="${top - 6}" x2="${x}" y2="${bottom}" stroke="${tick === 1 ? "#333" : "#ddd"}"/>` +
      `<text x="${x}" y="${top - 12}" text-anchor="middle" fill="#555">${label}</text>`
    );
  });
  const bars = rows.map(({ name, ratio }, index) => {
    const y = top + index * rowHeight;
    const [from, to] = [placeOf(1), placeOf(ratio.wall)];
    const color = ratio.wall <= 1 ? "#2a7f62" : "#c0504d";
    const bar = `<rect x="${Math.min(from, to).toFixed(1)}" y="${y + 4}" width="${Math.abs(to - from).toFixed(1)}" height="${rowHeight - 8}" fill="${color}"/>`;
    return (
      `<text x="${labelWidth - 10}" y="${y + 15}" text-anchor="end" fill="#222">${name}</text>${bar}` +
      `<text x="${labelWidth + chartWidth + 12}" y="${y + 15}" fill="#222">${ratio.wall.toFixed(2)}</text>`
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${labelWidth + chartWidth + 60}" height="${height}" font-family="sans-serif" font-size="12">`,
    "<title>Wall time of ocinix in relation to C++ Nix</title>",
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="${labelWidth}" y="20" font-size="14" fill="#222">Wall time of ocinix / C++ Nix, start-up apart (below 1 is faster)</text>`,
    ...grid,
    ...bars,
    "</svg>",
    "",
  ].join("\n");
}

function placeOf(ratio: number): number {
  const bounded = Math.min(Math.max(ratio, least), most);
  return labelWidth + ((Math.log2(bounded) - Math.log2(least)) / (Math.log2(most) - Math.log2(least))) * chartWidth;
}
