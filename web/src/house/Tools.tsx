// Undo, redo, how to draw, and taking away what is drawn.
import { useTranslation } from "react-i18next";
import { CheckIcon } from "../page/icons";
import { BinIcon, BoxIcon, LotIcon, RedoIcon, SpaceIcon, TapsIcon, TurnLeftIcon, TurnRightIcon, UndoIcon } from "../panel/signs";
import { close, redo, space, step, tapping, turning, undo, type Drawn } from "./drawn";
import { firstRectangle } from "./frame";
import { closedRing } from "./moving";
import { areaM2, isSimple, type Ring } from "./plane";

/** The largest part of the lot as a shape. */
function wholeLot({ lot }: Drawn): Ring | undefined {
  const shells = (lot?.polygons ?? []).map((rings) => rings[0] ?? []).sort((a, b) => areaM2(b) - areaM2(a));
  return shells[0] && isSimple(shells[0]) ? shells[0] : undefined;
}

/** By how many degrees a button turns what is shown in space. */
const TURN = 45;

export function Tools({ state, solid }: { state: Drawn; solid: boolean }) {
  const { t } = useTranslation();
  const { lot, frame, taps, ring, past, future } = state;
  // In space it is looked at; drawing goes on when it lies flat again.
  const flat = !state.solid;
  const draw = (shape: Ring | undefined) => {
    tapping(false);
    if (shape) step({ ring: shape }, "");
  };
  return (
    <div className="tools no-print" role="toolbar" aria-label={t("house.tools")}>
      <Tool label={t("house.undo")} icon={<UndoIcon />} disabled={past.length === 0 && !taps?.length} onClick={undo} />
      <Tool label={t("house.redo")} icon={<RedoIcon />} disabled={future.length === 0} onClick={redo} />
      {flat && taps === undefined && <Tool label={t("house.rectangle")} icon={<BoxIcon />} disabled={!frame || !lot} onClick={() => draw(frame && lot && firstRectangle(frame, lot))} />}
      {flat && taps === undefined && <Tool label={t("house.wholeLot")} icon={<LotIcon />} disabled={!lot} onClick={() => draw(wholeLot(state))} />}
      {flat && <Tool label={t("house.taps")} icon={<TapsIcon />} disabled={!lot} pressed={taps !== undefined} onClick={() => tapping(taps === undefined)} />}
      {taps !== undefined && <Tool label={t("house.close")} icon={<CheckIcon />} disabled={closedRing(taps) === undefined} onClick={close} />}
      {flat && taps === undefined && <Tool label={t("house.delete")} icon={<BinIcon />} disabled={!ring} onClick={() => step({ ring: undefined }, "")} />}
      {!flat && <Tool label={t("house.space.left")} icon={<TurnLeftIcon />} disabled={false} onClick={() => turning(-TURN)} />}
      {!flat && <Tool label={t("house.space.right")} icon={<TurnRightIcon />} disabled={false} onClick={() => turning(TURN)} />}
      {taps === undefined && <Tool label={t("house.space.solid")} icon={<SpaceIcon />} disabled={flat && !solid} pressed={!flat} onClick={() => space(flat)} />}
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: React.ReactNode;
  disabled: boolean;
  pressed?: boolean;
  onClick: () => void;
}

function Tool({ label, icon, disabled, pressed, onClick }: ToolProps) {
  return (
    <button type="button" className="tool" title={label} disabled={disabled} onClick={onClick} {...(pressed === undefined ? {} : { "aria-pressed": pressed })}>
      {icon}<span>{label}</span>
    </button>
  );
}
