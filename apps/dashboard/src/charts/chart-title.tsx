/** City and measure within the picture, so that a saved picture says what it shows. */
export function ChartTitle({
  city,
  colour,
  text,
}: {
  readonly city: string;
  readonly colour: string;
  readonly text: string;
}) {
  return (
    <>
      <circle cx={5} cy={8} r={4.5} fill={colour} />
      <text class="chart-title" x={15} y={13}>
        <tspan>{city}</tspan> {text}
      </text>
    </>
  );
}
