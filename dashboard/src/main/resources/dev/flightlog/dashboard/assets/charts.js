/** Draws the tables of charts with uPlot, which is fetched only where there is one. */
let library;
const plots = new Map();

function load() {
  library ??= new Promise((done, failed) => {
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = '/assets/uplot.css';
    const script = document.createElement('script');
    script.src = '/assets/uplot.js';
    script.onload = done;
    script.onerror = failed;
    document.head.append(style, script);
  });
  return library;
}

function read(figure) {
  const heads = [...figure.querySelectorAll('thead th')].map(head => head.textContent);
  const rows = [...figure.querySelectorAll('tbody tr')]
    .map(row => [...row.querySelectorAll('data')].map(data => Number(data.value)))
    .sort((a, b) => a[0] - b[0]); // tables begin with the newest, uPlot draws from the least
  return { heads, columns: heads.map((_, i) => rows.map(row => row[i])) };
}

function stacked(columns) {
  const sums = columns[0].map(() => 0);
  return columns.map((column, i) => i === 0 ? column : column.map((value, row) => (sums[row] += value)));
}

const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

function words(unit) {
  return value => {
    if (value == null) {
      return '–';
    }
    switch (unit) {
      case 'usd': return `$${value >= 100 ? Math.round(value) : value.toFixed(2)}`;
      case 'ms': return value < 1000 ? `${Math.round(value)} ms`
        : value < 60_000 ? `${(value / 1000).toFixed(1)} s`
        : value < 3_600_000 ? `${(value / 60_000).toFixed(1)} m` : `${(value / 3_600_000).toFixed(1)} h`;
      default: return SHORT.format(value);
    }
  };
}

function draw(figure) {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [along, unit] = figure.dataset.unit.split(' ');
  const look = figure.dataset.chart;
  const { heads, columns } = read(figure);
  plots.get(figure)?.destroy();
  plots.delete(figure);
  if (columns[0].length === 0) {
    return;
  }
  let place = figure.querySelector('.plot');
  if (!place) {
    place = document.createElement('div');
    place.className = 'plot';
    place.setAttribute('data-own', '');
    place.setAttribute('aria-hidden', 'true');
    figure.insertBefore(place, figure.querySelector('details'));
    figure.querySelector('details').open = false;
  }
  const raw = columns;
  const data = look === 'stack' || look === 'bars' ? stacked(columns) : columns;
  const say = words(unit);
  const order = heads.slice(1).map((_, i) => i + 1);
  const drawn = look === 'lines' ? order : [...order].reverse();
  const series = drawn.map(i => ({
    label: heads[i],
    stroke: colour(`--c${i}`),
    fill: look === 'lines' ? undefined : colour(`--c${i}`),
    width: look === 'lines' ? 2 : 1,
    points: { show: look === 'lines' && columns[0].length < 40 },
    paths: look === 'bars' ? uPlot.paths.bars({ size: [0.8, 40] }) : undefined,
    value: (_, value, __, at) => say(at == null ? null : raw[i][at]),
  }));
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--faint'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
  plots.set(figure, new uPlot({
    width: place.clientWidth || 600,
    height: 190 - 26,
    legend: { live: true },
    cursor: { points: { show: false }, drag: { x: false, y: false } },
    scales: { x: { time: along === 'time', range: look === 'bars' || columns[0].length < 2 ? () => {
      const [low, high] = [columns[0][0], columns[0].at(-1)];
      const gap = columns[0].length > 1 ? (high - low) / (columns[0].length - 1) : 86_400;
      return [low - gap / 2, high + gap / 2];
    } : undefined }, y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.05 : 1] } },
    axes: [axis, { ...axis, size: 54, values: (_, ticks) => ticks.map(say) }],
    series: [{ label: along === 'time' ? 'time' : heads[0] }, ...series],
  }, [data[0], ...drawn.map(i => data[i])], place));
}

async function drawAll() {
  const figures = [...document.querySelectorAll('figure[data-chart]')];
  if (figures.length === 0) {
    return;
  }
  await load();
  for (const figure of figures) {
    const table = figure.querySelector('table').textContent;
    if (figure.dataset.ownDrawn !== undefined && figure.flightlogTable === table) {
      continue;
    }
    figure.flightlogTable = table;
    figure.dataset.ownDrawn = '';
    draw(figure);
  }
}

export function startCharts() {
  drawAll();
  document.addEventListener('flightlog:patched', drawAll);
  const redraw = () => [...plots.keys()].forEach(draw);
  document.addEventListener('flightlog:theme', redraw);
  const resize = () => {
    for (const plot of plots.values()) {
      const width = plot.root.parentElement.clientWidth;
      if (width > 0 && width !== plot.width) {
        plot.setSize({ width, height: plot.height });
      }
    }
  };
  let wait = 0;
  addEventListener('resize', () => {
    clearTimeout(wait);
    wait = setTimeout(resize, 120);
  });
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('.chart details')) {
      details.open = true;
    }
  });
}
