import { cumulate, type Dice } from "./_dice.ts";

/** A city with the first and last of its zip prefixes; coordinates in degrees. */
export interface City {
  readonly name: string;
  readonly state: string;
  readonly lat: number;
  readonly lng: number;
  readonly zips: readonly [first: number, last: number];
  /** Share among the cities of its state. */
  readonly weight: number;
}

/** An address as far as the market knows it. */
export interface Place {
  readonly city: City;
  readonly zip: number;
}

/** Share of customers and of sellers by state, in hundredths of a percent. */
const STATE_SHARES: Record<string, readonly [customers: number, sellers: number]> = {
  SP: [4198, 5974],
  RJ: [1292, 553],
  MG: [1170, 788],
  RS: [550, 417],
  PR: [507, 1128],
  SC: [366, 614],
  BA: [340, 61],
  DF: [215, 97],
  ES: [204, 74],
  GO: [203, 129],
  PE: [166, 29],
  CE: [134, 42],
  PA: [98, 3],
  MT: [91, 13],
  MA: [75, 3],
  MS: [72, 16],
  PB: [54, 19],
  PI: [50, 3],
  RN: [49, 16],
  AL: [42, 0],
  SE: [35, 6],
  TO: [28, 0],
  RO: [25, 6],
  AM: [15, 3],
  AC: [8, 3],
  AP: [7, 0],
  RR: [5, 0],
};

/** Name, latitude, longitude, first and last zip prefix, weight in the state. */
type CityRow = readonly [string, number, number, number, number, number];

const CITY_ROWS: Record<string, readonly CityRow[]> = {
  SP: [
    ["São Paulo", -23.55, -46.63, 1001, 5890, 400],
    ["Campinas", -22.91, -47.06, 13010, 13140, 37],
    ["Guarulhos", -23.46, -46.53, 7010, 7270, 30],
    ["São Bernardo do Campo", -23.69, -46.56, 9600, 9890, 24],
    ["Santo André", -23.66, -46.53, 9010, 9290, 20],
    ["Osasco", -23.53, -46.79, 6010, 6290, 19],
    ["São José dos Campos", -23.22, -45.9, 12210, 12249, 18],
    ["Sorocaba", -23.5, -47.46, 18010, 18110, 16],
    ["Santos", -23.96, -46.33, 11010, 11095, 18],
    ["Ribeirão Preto", -21.18, -47.81, 14010, 14110, 13],
    ["Jundiaí", -23.19, -46.9, 13200, 13219, 14],
    ["Piracicaba", -22.73, -47.65, 13400, 13432, 10],
    ["Mogi das Cruzes", -23.52, -46.19, 8700, 8799, 9],
    ["Barueri", -23.51, -46.88, 6400, 6490, 10],
    ["São José do Rio Preto", -20.82, -49.38, 15010, 15104, 9],
    ["Bauru", -22.31, -49.06, 17010, 17110, 9],
    ["Taubaté", -23.03, -45.56, 12010, 12099, 8],
    ["Praia Grande", -24.01, -46.4, 11700, 11729, 8],
    ["Carapicuíba", -23.52, -46.84, 6300, 6399, 7],
    ["São Caetano do Sul", -23.62, -46.55, 9510, 9581, 7],
    ["Diadema", -23.69, -46.62, 9900, 9999, 7],
    ["Mauá", -23.67, -46.46, 9300, 9399, 6],
    ["Franca", -20.54, -47.4, 14400, 14414, 6],
    ["Limeira", -22.56, -47.4, 13480, 13489, 6],
    ["Americana", -22.74, -47.33, 13465, 13479, 6],
    ["São Carlos", -22.01, -47.89, 13560, 13579, 6],
    ["Indaiatuba", -23.09, -47.21, 13330, 13349, 6],
    ["Araraquara", -21.79, -48.18, 14800, 14819, 5],
    ["Marília", -22.21, -49.95, 17500, 17539, 4],
    ["Presidente Prudente", -22.13, -51.39, 19010, 19110, 4],
    ["Cotia", -23.6, -46.92, 6700, 6729, 6],
  ],
  RJ: [
    ["Rio de Janeiro", -22.91, -43.2, 20010, 23799, 535],
    ["Niterói", -22.88, -43.1, 24010, 24399, 66],
    ["São Gonçalo", -22.83, -43.05, 24400, 24799, 32],
    ["Nova Iguaçu", -22.76, -43.45, 26010, 26379, 30],
    ["Duque de Caxias", -22.79, -43.31, 25010, 25399, 28],
    ["Petrópolis", -22.51, -43.18, 25600, 25779, 15],
    ["Volta Redonda", -22.52, -44.1, 27200, 27299, 15],
    ["Campos dos Goytacazes", -21.75, -41.33, 28010, 28149, 17],
    ["Macaé", -22.37, -41.79, 27900, 27999, 15],
    ["Cabo Frio", -22.88, -42.02, 28900, 28929, 12],
  ],
  MG: [
    ["Belo Horizonte", -19.92, -43.94, 30110, 31999, 240],
    ["Contagem", -19.93, -44.05, 32010, 32399, 37],
    ["Juiz de Fora", -21.76, -43.35, 36010, 36109, 38],
    ["Uberlândia", -18.92, -48.28, 38400, 38419, 31],
    ["Betim", -19.97, -44.2, 32500, 32699, 20],
    ["Montes Claros", -16.73, -43.86, 39400, 39409, 15],
    ["Uberaba", -19.75, -47.93, 38010, 38109, 16],
    ["Governador Valadares", -18.85, -41.95, 35010, 35109, 13],
    ["Ipatinga", -19.47, -42.54, 35160, 35169, 12],
    ["Divinópolis", -20.14, -44.88, 35500, 35509, 11],
    ["Poços de Caldas", -21.79, -46.56, 37700, 37719, 10],
    ["Sete Lagoas", -19.46, -44.25, 35700, 35709, 9],
  ],
  ES: [
    ["Vitória", -20.32, -40.34, 29010, 29099, 30],
    ["Vila Velha", -20.33, -40.29, 29100, 29129, 32],
    ["Serra", -20.13, -40.31, 29160, 29189, 25],
    ["Cariacica", -20.26, -40.42, 29140, 29159, 12],
  ],
  PR: [
    ["Curitiba", -25.43, -49.27, 80010, 82999, 150],
    ["Londrina", -23.31, -51.16, 86010, 86109, 30],
    ["Maringá", -23.42, -51.94, 87010, 87109, 27],
    ["Ponta Grossa", -25.09, -50.16, 84010, 84109, 18],
    ["Cascavel", -24.96, -53.46, 85800, 85829, 14],
    ["Foz do Iguaçu", -25.55, -54.59, 85850, 85869, 12],
    ["São José dos Pinhais", -25.53, -49.21, 83005, 83189, 15],
  ],
  SC: [
    ["Florianópolis", -27.6, -48.55, 88010, 88099, 57],
    ["Joinville", -26.3, -48.85, 89200, 89239, 36],
    ["Blumenau", -26.92, -49.07, 89010, 89099, 25],
    ["São José", -27.61, -48.63, 88100, 88123, 18],
    ["Itajaí", -26.91, -48.66, 88300, 88319, 17],
    ["Chapecó", -27.1, -52.62, 89800, 89816, 13],
    ["Criciúma", -28.68, -49.37, 88800, 88819, 14],
  ],
  RS: [
    ["Porto Alegre", -30.03, -51.23, 90010, 91999, 138],
    ["Caxias do Sul", -29.17, -51.18, 95010, 95124, 24],
    ["Canoas", -29.92, -51.18, 92010, 92449, 20],
    ["Pelotas", -31.77, -52.34, 96010, 96109, 20],
    ["Santa Maria", -29.69, -53.81, 97010, 97119, 19],
    ["Novo Hamburgo", -29.69, -51.13, 93310, 93599, 14],
    ["Passo Fundo", -28.26, -52.41, 99010, 99109, 11],
    ["Gravataí", -29.94, -50.99, 94010, 94199, 11],
  ],
  BA: [
    ["Salvador", -12.97, -38.5, 40010, 42599, 124],
    ["Feira de Santana", -12.27, -38.97, 44001, 44109, 20],
    ["Lauro de Freitas", -12.89, -38.33, 42700, 42729, 14],
    ["Vitória da Conquista", -14.86, -40.84, 45010, 45099, 13],
    ["Ilhéus", -14.79, -39.05, 45650, 45669, 7],
  ],
  DF: [["Brasília", -15.79, -47.88, 70040, 72799, 1]],
  GO: [
    ["Goiânia", -16.68, -49.25, 74003, 74899, 70],
    ["Aparecida de Goiânia", -16.82, -49.25, 74900, 74999, 14],
    ["Anápolis", -16.33, -48.95, 75010, 75149, 12],
    ["Rio Verde", -17.8, -50.92, 75900, 75919, 7],
  ],
  PE: [
    ["Recife", -8.05, -34.88, 50010, 52999, 60],
    ["Jaboatão dos Guararapes", -8.11, -35.01, 54010, 54599, 15],
    ["Olinda", -8.01, -34.86, 53010, 53439, 11],
    ["Caruaru", -8.28, -35.98, 55002, 55099, 8],
  ],
  CE: [
    ["Fortaleza", -3.72, -38.54, 60010, 61599, 65],
    ["Caucaia", -3.74, -38.65, 61600, 61699, 5],
    ["Juazeiro do Norte", -7.21, -39.32, 63010, 63059, 7],
  ],
  PA: [
    ["Belém", -1.46, -48.49, 66010, 66999, 46],
    ["Ananindeua", -1.37, -48.37, 67010, 67199, 12],
    ["Santarém", -2.44, -54.71, 68005, 68109, 6],
  ],
  MT: [
    ["Cuiabá", -15.6, -56.1, 78005, 78099, 30],
    ["Várzea Grande", -15.65, -56.13, 78110, 78169, 9],
    ["Rondonópolis", -16.47, -54.64, 78700, 78759, 10],
  ],
  MA: [
    ["São Luís", -2.53, -44.3, 65010, 65109, 36],
    ["Imperatriz", -5.53, -47.48, 65900, 65919, 9],
  ],
  MS: [
    ["Campo Grande", -20.44, -54.65, 79002, 79129, 36],
    ["Dourados", -22.22, -54.81, 79800, 79849, 8],
  ],
  PB: [
    ["João Pessoa", -7.12, -34.86, 58010, 58099, 29],
    ["Campina Grande", -7.23, -35.88, 58400, 58449, 11],
  ],
  PI: [
    ["Teresina", -5.09, -42.8, 64000, 64099, 30],
    ["Parnaíba", -2.9, -41.78, 64200, 64219, 4],
  ],
  RN: [
    ["Natal", -5.79, -35.21, 59010, 59139, 28],
    ["Mossoró", -5.19, -37.34, 59600, 59649, 7],
  ],
  AL: [
    ["Maceió", -9.67, -35.74, 57010, 57099, 26],
    ["Arapiraca", -9.75, -36.66, 57300, 57319, 5],
  ],
  SE: [["Aracaju", -10.91, -37.07, 49010, 49098, 1]],
  TO: [
    ["Palmas", -10.18, -48.33, 77001, 77249, 14],
    ["Araguaína", -7.19, -48.21, 77800, 77829, 5],
  ],
  RO: [
    ["Porto Velho", -8.76, -63.9, 76801, 76834, 14],
    ["Ji-Paraná", -10.88, -61.95, 76900, 76914, 5],
  ],
  AM: [["Manaus", -3.12, -60.02, 69005, 69099, 1]],
  AC: [["Rio Branco", -9.97, -67.81, 69900, 69924, 1]],
  AP: [["Macapá", 0.03, -51.07, 68900, 68914, 1]],
  RR: [["Boa Vista", 2.82, -60.67, 69301, 69339, 1]],
};

/** The market's cities: all state capitals and other large ones, places rounded to 0.01 degree. */
export const CITIES: readonly City[] = Object.entries(CITY_ROWS).flatMap(([state, rows]) =>
  rows.map(([name, lat, lng, first, last, weight]): City => {
    return { name, state, lat, lng, zips: [first, last], weight };
  })
);

/** Cumulated weights of the cities, as homes of customers (0) or of sellers (1). */
function cityWeights(side: 0 | 1): Float64Array {
  return cumulate(CITIES.map(({ state, weight }) => {
    const ofState = CITY_ROWS[state]!.reduce((sum, row) => sum + row[5], 0);
    return STATE_SHARES[state]![side] * weight / ofState;
  }));
}

const CUSTOMER_CITIES = cityWeights(0);
const SELLER_CITIES = cityWeights(1);

/** How far apart neighbouring prefixes in use are, so that small markets share prefixes. */
export function zipStep(orders: number): number {
  return orders < 5_000 ? 12 : orders < 50_000 ? 4 : 1;
}

/** A home for a customer or a seller, by the shares of states and cities. */
export function drawPlace(dice: Dice, side: "customer" | "seller", step: number): Place {
  const city = CITIES[dice.index(side === "customer" ? CUSTOMER_CITIES : SELLER_CITIES)]!;
  const [first, last] = city.zips;
  return { city, zip: first + step * dice.below(Math.floor((last - first) / step) + 1) };
}

/** A zip prefix as the files spell it: five digits, leading zeros kept. */
export function zipText(zip: number): string {
  return String(zip).padStart(5, "0");
}

/** Kilometres between two places of Brazil, good to a few percent (equirectangular, no trigonometry). */
export function distanceKm(a: City, b: City): number {
  const radians = (a.lat + b.lat) / 2 * (Math.PI / 180);
  const cosine = 1 - radians * radians / 2 + (radians * radians) * (radians * radians) / 24;
  const x = (a.lng - b.lng) * cosine;
  const y = a.lat - b.lat;
  return 111.2 * Math.sqrt(x * x + y * y);
}

/** Lower case without accents, as most of the source's cities are spelt. */
export function plainName(name: string): string {
  return name.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}
