// What known recipes reach, so that a score can be told from another one. Measured, not promised.
import { formatCount } from "@/app/_ui/format";
import { calibration } from "@/lib/leaderboard/calibration";
import { formatShare } from "@/lib/leaderboard/format";

const cell = "py-1.5 pl-4 text-right";
const head = "caps pb-1.5 pl-4 text-right align-bottom";

export function CalibrationTable() {
  return (
    <table className="w-full text-sm">
      <caption className="pb-3 text-left text-[0.9375rem]">
        Each is an experiment of the playground, trained as it is and measured with several secrets: from the
        hardest images that they drew to the easiest.
      </caption>
      <thead>
        <tr className="border-line border-b">
          <th scope="col" className="caps pb-1.5 text-left align-bottom">
            Network
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Parameters
          </th>
          <th scope="col" className={head}>
            Clean
          </th>
          <th scope="col" className={head}>
            Hidden set
          </th>
        </tr>
      </thead>
      <tbody>
        {calibration.map(({ preset, title, parameters, clean, hidden: [from, to] }) => (
          <tr key={preset} className="border-line border-b align-top">
            <th scope="row" className="py-1.5 text-left font-normal">
              {title}
              <span className="block text-mini text-soft sm:hidden">
                {formatCount(parameters)} parameters
              </span>
            </th>
            <td className={`${cell} max-sm:hidden`}>{formatCount(parameters)}</td>
            <td className={`${cell} whitespace-nowrap`}>{formatShare(clean)}</td>
            <td className={cell}>
              {(100 * from).toFixed(2)} to <span className="whitespace-nowrap">{formatShare(to)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
