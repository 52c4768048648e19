/** A product category of the synthetic market. */
export interface Ware {
  readonly name: string;
  readonly english: string;
  /** Share of products, relative. */
  readonly weight: number;
  /** Median price in BRL. */
  readonly priceBrl: number;
  /** Factor on the weights that are usual in the market. */
  readonly heaviness: number;
}

/** Portuguese name, English name, share of products, median price in BRL, heaviness. */
const ROWS: readonly (readonly [string, string, number, number, number])[] = [
  ["roupa_de_cama_e_banho", "bed_and_bath_linen", 92, 75, 1.6],
  ["cosmeticos", "cosmetics", 70, 78, 0.5],
  ["saude_e_bem_estar", "health_and_wellness", 20, 85, 0.6],
  ["artigos_esportivos", "sporting_goods", 80, 88, 1.1],
  ["objetos_de_decoracao", "decorative_objects", 76, 67, 1.6],
  ["perifericos_de_computador", "computer_peripherals", 68, 79, 0.6],
  ["utensilios_de_cozinha", "kitchen_utensils", 62, 60, 1.7],
  ["relogios", "watches", 48, 138, 0.5],
  ["pecas_para_carros", "car_parts", 38, 80, 1.6],
  ["acessorios_para_celular", "phone_accessories", 38, 30, 0.3],
  ["jogos_e_bonecas", "games_and_dolls", 37, 88, 1.2],
  ["presentes_criativos", "creative_gifts", 34, 128, 1.8],
  ["jardim_e_varanda", "garden_and_balcony", 34, 62, 2.2],
  ["perfumes", "perfumes", 30, 72, 0.5],
  ["artigos_para_bebe", "baby_goods", 28, 80, 2.2],
  ["pequenos_eletronicos", "small_electronics", 23, 24, 0.4],
  ["material_de_escritorio", "office_supplies", 22, 78, 1.5],
  ["bolsas_e_carteiras", "bags_and_wallets", 20, 50, 0.6],
  ["malas_de_viagem", "travel_bags", 9, 110, 2.6],
  ["artigos_para_animais", "animal_supplies", 15, 94, 2],
  ["consoles_e_videojogos", "consoles_and_video_games", 13, 112, 0.6],
  ["moveis_de_escritorio", "office_chairs_and_desks", 15, 140, 9],
  ["moveis_de_sala", "sitting_room_furniture", 6, 105, 7],
  ["moveis_de_quarto", "bedroom_furniture", 4, 120, 8],
  ["colchoes", "mattresses", 3, 105, 9],
  ["ferramentas_eletricas", "power_tools", 12, 130, 3],
  ["material_de_construcao", "building_materials", 9, 80, 3],
  ["luminarias", "lamps", 5, 55, 1.5],
  ["instrumentos_musicais", "instruments_for_music", 6, 140, 3],
  ["eletroportateis", "portable_appliances", 8, 185, 3.5],
  ["geladeiras_e_fogoes", "fridges_and_stoves", 4, 330, 9],
  ["ventiladores", "fans", 4, 150, 5],
  ["livros_tecnicos", "technical_books", 4, 70, 0.8],
  ["livros_de_leitura", "reading_books", 6, 40, 0.8],
  ["vinhos_e_sucos", "wines_and_juices", 5, 37, 2],
  ["mercearia", "groceries", 6, 36, 1.2],
  ["artesanato", "handicraft", 4, 46, 0.8],
  ["notebooks_e_desktops", "laptops_and_desktops", 2, 730, 5],
  ["tablets", "tablets_and_readers", 2, 280, 0.6],
  ["calcados", "shoes", 4, 85, 1],
  ["roupas_masculinas", "clothes_for_men", 4, 70, 0.6],
  ["roupas_femininas", "clothes_for_women", 3, 65, 0.5],
  ["roupas_infantis", "clothes_for_children", 2, 50, 0.5],
  ["joias_e_bijuterias", "jewels", 6, 75, 0.2],
  ["oculos", "glasses", 3, 75, 0.2],
  ["caixas_de_som", "loudspeakers", 4, 110, 1.2],
  ["cameras_e_lentes", "cameras_and_lenses", 2, 160, 0.6],
  ["alarmes_e_trancas", "alarms_and_locks", 3, 150, 0.9],
  ["artigos_de_festa", "party_goods", 3, 35, 0.5],
  ["flores_e_cestas", "flowers_and_hampers", 2, 48, 1],
  ["discos_e_filmes", "records_and_films", 2, 55, 0.4],
  ["barracas_e_mochilas", "tents_and_backpacks", 3, 120, 2.4],
];

/** The market's own categories: plain words, not the dataset's list. */
export const WARES: readonly Ware[] = ROWS.map(([name, english, weight, priceBrl, heaviness]) => {
  return { name, english, weight, priceBrl, heaviness };
});
