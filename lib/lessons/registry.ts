// The lessons, each downloaded when it is opened.
export const lessons = {
  "training-optimization": () => import("./training-optimization").then((m) => m.trainingOptimization),
  "fit-and-history": () => import("./fit-and-history").then((m) => m.fitAndHistory),
  "binary-classification": () => import("./binary-classification").then((m) => m.binaryClassification),
  "convolution-and-regularisation": () =>
    import("./convolution-and-regularisation").then((m) => m.convolutionAndRegularisation),
  "loss-to-backpropagation": () => import("./loss-to-backpropagation").then((m) => m.lossToBackpropagation),
};

export type LessonSlug = keyof typeof lessons;

export const isLesson = (slug: string): slug is LessonSlug => Object.hasOwn(lessons, slug);
