// How the network is trained: optimizer, loss, epochs, and where it runs. Every control comes from a field.
import { useMemo, useState } from "react";
import { ProblemText } from "@/app/_ui/problem";
import { Section } from "@/app/_ui/section";
import * as callbacks from "@/lib/spec/callbacks/registry";
import {
  type LossKind,
  lossField,
  type OptimizerKind,
  optimizerKinds,
  seedField,
  trainingFields,
} from "@/lib/spec/experiment";
import { choice, type Field, type Fields } from "@/lib/spec/fields";
import * as losses from "@/lib/spec/losses/registry";
import * as optimizers from "@/lib/spec/optimizers/registry";
import { changeSettings } from "@/lib/store/settings";
import {
  addCallback,
  freeCallbacks,
  programOf,
  removeCallback,
  setCallbackField,
  setLoss,
  setOptimizer,
  setOptimizerField,
  setSeed,
  setTraining,
} from "@/lib/store/spec";
import { type EngineChoice, engineChoices, engineNames } from "@/lib/training/engine-choice";
import { Entries } from "../controls/entries";
import { FieldRow } from "../controls/field";
import { type FieldValues, FoldButton } from "../controls/folded";
import { Locked } from "../locks";
import { problemsAt } from "../problems";
import { useRun, useSettings, useSpec } from "../use-stores";
import { LearningRate } from "./learning-rate";

const optimizerField = choice("Optimizer", {
  default: "adam",
  values: optimizerKinds,
  labels: Object.fromEntries(optimizerKinds.map((kind) => [kind, optimizers[kind].label])),
  help: "The rule that turns gradients into steps of the weights.",
});

const engineField = choice("Engine", {
  default: "auto",
  values: engineChoices,
  labels: { ...engineNames, auto: "Automatic" },
  help: "What computes the training on this device. Automatic takes the fastest that works.",
});

/** An optimizer with more fields than this shows the first and folds the others. */
const MAX_SHOWN = 3;

export function Training() {
  const spec = useSpec();
  const { problems } = programOf(spec);
  return (
    <Section id="training" title="Training">
      <Locked part="optimizer">
        <FieldRow
          field={optimizerField}
          value={spec.optimizer.kind}
          onChange={(kind) => setOptimizer(kind as OptimizerKind)}
          summaryOf={(kind) => optimizers[kind as OptimizerKind].summary}
          problems={problemsAt(problems, "optimizer")}
        />
        <OptimizerFields />
      </Locked>
      <Locked part="loss">
        <FieldRow
          field={lossField}
          value={spec.loss}
          onChange={setLoss}
          summaryOf={(kind) => losses[kind as LossKind].summary}
          problems={problemsAt(problems, "loss")}
        />
      </Locked>
      <Locked part="training">
        {Object.entries(trainingFields).map(([name, field]) => (
          <FieldRow
            key={name}
            field={field as Field}
            value={spec.training[name as keyof typeof trainingFields]}
            onChange={(value) => setTraining(name, value)}
            problems={problemsAt(problems, `training.${name}`)}
          />
        ))}
      </Locked>
      <Locked part="seed">
        <FieldRow
          field={seedField}
          value={spec.seed}
          onChange={setSeed}
          problems={problemsAt(problems, "seed")}
        />
      </Locked>
      <Locked part="callbacks">
        <Entries
          label="Callbacks"
          help="What happens between the steps and epochs of a run."
          noun="callback"
          entries={spec.callbacks}
          catalog={callbacks}
          kinds={freeCallbacks(spec)}
          onAdd={addCallback}
          onRemove={removeCallback}
          onChange={setCallbackField}
        >
          <LearningRate />
          {problemsAt(problems, "callbacks").map(({ message, severity }) => (
            <ProblemText key={message} severity={severity}>
              {message}
            </ProblemText>
          ))}
        </Entries>
      </Locked>
      <Engine />
      {problemsAt(problems, "training")
        .filter(({ field }) => field === "training")
        .map(({ message, severity }) => (
          <ProblemText key={message} severity={severity}>
            {message}
          </ProblemText>
        ))}
    </Section>
  );
}

function OptimizerFields() {
  const { optimizer } = useSpec();
  const [open, setOpen] = useState(false);
  const fields: Fields = optimizers[optimizer.kind].fields;
  const values = optimizer as unknown as FieldValues;
  const entries = Object.entries(fields);
  const shown = entries.length <= MAX_SHOWN ? entries : entries.slice(0, 1);
  const folded = entries.slice(shown.length);
  return (
    <>
      {[...shown, ...(open ? folded : [])].map(([name, field]) => (
        <FieldRow
          key={`${optimizer.kind}.${name}`}
          field={field}
          value={values[name]!}
          onChange={(value) => setOptimizerField(name, value)}
        />
      ))}
      {folded.length > 0 && (
        <div className="flex min-h-8 items-center justify-end">
          <FoldButton
            open={open}
            onToggle={() => setOpen(!open)}
            place="the optimizer"
            folded={folded}
            values={values}
          />
        </div>
      )}
    </>
  );
}

function Engine() {
  const engine = useSettings((settings) => settings.engine);
  const reports = useRun((run) => run.reports);
  const reasons = useMemo(
    () =>
      new Map<string, string>(
        reports.map(({ id, available, reason }) => [id, available ? reason : `Not here: ${reason}`]),
      ),
    [reports],
  );
  return (
    <FieldRow
      field={engineField}
      value={engine}
      onChange={(value) => changeSettings({ engine: value as EngineChoice })}
      summaryOf={(id) => reasons.get(id)}
    />
  );
}
