import type { Dice } from "./_dice.ts";

/** Titles and comments by what the customer thought: bad (1, 2), fair (3), good (4, 5). */
const TITLES = {
  bad: ["Não chegou", "Péssimo", "Quero meu dinheiro", "Produto errado", "Decepção"],
  fair: ["Razoável", "Regular", "Mais ou menos", "Esperava mais"],
  good: ["Adorei", "Ótima compra", "Muito bom", "Recomendo a todos", "Chegou rápido", "10"],
} as const;

const COMMENTS = {
  bad: [
    "Ainda não recebi a encomenda e ninguém responde aos meus e-mails.",
    "Veio com defeito, não liga de jeito nenhum.",
    "Mandaram a cor errada. Quero trocar o produto.",
    "Passou muito do prazo e continuo esperando.",
    "Faltou uma peça na caixa, veio só a metade.",
    "A embalagem chegou aberta e o vidro quebrado.",
    "Nunca mais compro nesta loja.",
    "Paguei frete caro e a entrega atrasou três semanas",
    "O material é fraco, rasgou no primeiro uso.",
    "Cancelei o pedido e até agora não devolveram o valor.",
    "Não é igual à foto do anúncio",
  ],
  fair: [
    "O produto é bom, mas demorou a chegar.",
    "Cumpre o que promete, nada além disso.",
    "Achei menor do que parecia na foto.",
    "Bonito, porém o acabamento podia ser melhor.",
    "Chegou no prazo, mas sem manual de instruções.",
    "Pelo preço está de bom tamanho",
  ],
  good: [
    "Chegou antes do prazo, muito bem embalado.",
    "Produto de ótima qualidade, recomendo!",
    "Minha mãe amou o presente.",
    "Entrega rápida e vendedor atencioso.",
    "Tudo certo, exatamente como na descrição.",
    "Já é a segunda vez que compro, sempre perfeito.",
    "Ficou lindo na sala, a cor é igual à da foto.",
    "Excelente custo-benefício",
    "muito bom",
    "Funciona direitinho, instalação fácil.",
    'Bem como dizia o anúncio: "leve e resistente".',
    "Gostei bastante, até a próxima compra!",
  ],
} as const;

/** What was done to a text that cleaning has to undo. */
export type TextDirt = "padded" | "newline" | "control";

export interface Comment {
  readonly title?: string;
  readonly message?: string;
  readonly dirt: readonly TextDirt[];
}

/** Probability that a review of score 1 to 5 has a message. */
const MESSAGE_BY_SCORE = [0.76, 0.68, 0.44, 0.31, 0.36];

/** What a customer writes beside the score, dirty as people's typing is. */
export function drawComment(dice: Dice, score: number): Comment {
  const mood = score <= 2 ? "bad" : score === 3 ? "fair" : "good";
  const dirt: TextDirt[] = [];
  const title = dice.chance(0.117) ? dice.pick(TITLES[mood]) : undefined;
  if (!dice.chance(MESSAGE_BY_SCORE[score - 1]!)) return title ? { title, dirt } : { dirt };
  let message: string = dice.pick(COMMENTS[mood]);
  if (dice.chance(0.25)) message += ` ${dice.pick(COMMENTS[mood])}`;
  if (dice.chance(0.1)) {
    message += `\r\n${dice.pick(COMMENTS[mood])}`;
    dirt.push("newline");
  }
  if (dice.chance(0.004)) {
    message = message.replace(" ", "\u0007");
    dirt.push("control");
  }
  if (dice.chance(0.2)) {
    message = dice.chance(0.5) ? `${message}  ` : ` ${message} `;
    dirt.push("padded");
  }
  return title ? { title, message, dirt } : { message, dirt };
}
