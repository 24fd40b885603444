"""Countries: names, variants, codes and what their people are called.

Facts after ISO 3166-1 (names, two- and three-letter codes), with the three-letter codes of the International
Olympic Committee where they differ. Short names are those in common English use.
"""

from collections.abc import Iterator
from functools import lru_cache

from chatbot.language.words import STOP_WORDS, fold

# name | ISO alpha-2, alpha-3 and other codes | other names | demonyms; the last three separated by commas
_TABLE = """
Afghanistan|AF AFG||Afghan
Albania|AL ALB||Albanian
Algeria|DZ DZA ALG||Algerian
Andorra|AD AND||Andorran
Angola|AO AGO ANG||Angolan
Antigua and Barbuda|AG ATG ANT||Antiguan,Barbudan
Argentina|AR ARG|Argentine Republic|Argentine,Argentinian,Argentinean
Armenia|AM ARM||Armenian
Australia|AU AUS||Australian
Austria|AT AUT||Austrian
Azerbaijan|AZ AZE||Azerbaijani
Bahamas|BS BHS BAH||Bahamian
Bahrain|BH BHR BRN||Bahraini
Bangladesh|BD BGD BAN||Bangladeshi
Barbados|BB BRB BAR||Barbadian
Belarus|BY BLR|Byelorussia,Belorussia|Belarusian,Belarussian,Byelorussian
Belgium|BE BEL||Belgian
Belize|BZ BLZ BIZ||Belizean
Benin|BJ BEN|Dahomey|Beninese
Bhutan|BT BTN BHU||Bhutanese
Bolivia|BO BOL|Plurinational State of Bolivia|Bolivian
Bosnia and Herzegovina|BA BIH|Bosnia,Bosnia & Herzegovina,Bosnia-Herzegovina|Bosnian,Herzegovinian
Botswana|BW BWA BOT||Botswanan,Motswana,Batswana
Brazil|BR BRA|Brasil|Brazilian
Brunei|BN BRN BRU|Brunei Darussalam|Bruneian
Bulgaria|BG BGR BUL||Bulgarian
Burkina Faso|BF BFA BUR|Upper Volta|Burkinabé
Burundi|BI BDI||Burundian
Cambodia|KH KHM CAM|Kampuchea|Cambodian
Cameroon|CM CMR||Cameroonian
Canada|CA CAN||Canadian
Cape Verde|CV CPV|Cabo Verde|Cape Verdean,Cabo Verdean
Central African Republic|CF CAF|CAR|Central African
Chad|TD TCD CHA||Chadian
Chile|CL CHL CHI||Chilean
China|CN CHN|People's Republic of China,PRC,Mainland China|Chinese
Colombia|CO COL||Colombian
Comoros|KM COM||Comorian
Congo|CG COG CGO|Republic of the Congo,Congo-Brazzaville,Congo Republic|Congolese
Democratic Republic of the Congo|CD COD|DR Congo,DRC,Democratic Republic of Congo,Zaire|Congolese,Zairean
Costa Rica|CR CRI CRC||Costa Rican
Croatia|HR HRV CRO||Croatian,Croat
Cuba|CU CUB||Cuban
Cyprus|CY CYP||Cypriot
Czech Republic|CZ CZE|Czechia|Czech
Denmark|DK DNK DEN||Danish,Dane
Djibouti|DJ DJI||Djiboutian
Dominica|DM DMA|Commonwealth of Dominica|
Dominican Republic|DO DOM||Dominican
Ecuador|EC ECU||Ecuadorian,Ecuadorean
Egypt|EG EGY|Arab Republic of Egypt|Egyptian
El Salvador|SV SLV ESA||Salvadoran,Salvadorian
Equatorial Guinea|GQ GNQ GEQ||Equatorial Guinean,Equatoguinean
Eritrea|ER ERI||Eritrean
Estonia|EE EST||Estonian
Eswatini|SZ SWZ|Swaziland|Swazi
Ethiopia|ET ETH||Ethiopian
Fiji|FJ FJI FIJ||Fijian
Finland|FI FIN||Finnish,Finn
France|FR FRA|French Republic|French,Frenchman,Frenchwoman
Gabon|GA GAB||Gabonese
Gambia|GM GMB GAM||Gambian
Georgia|GE GEO|Republic of Georgia|Georgian
Germany|DE DEU GER|Federal Republic of Germany,FRG,West Germany|German
Ghana|GH GHA|Gold Coast|Ghanaian
Greece|GR GRC GRE|Hellenic Republic|Greek
Grenada|GD GRD GRN||Grenadian
Guatemala|GT GTM GUA||Guatemalan
Guinea|GN GIN GUI|Guinea-Conakry|Guinean
Guinea-Bissau|GW GNB GBS||Bissau-Guinean
Guyana|GY GUY|British Guiana|Guyanese
Haiti|HT HTI HAI||Haitian
Honduras|HN HND HON||Honduran
Hungary|HU HUN||Hungarian
Iceland|IS ISL||Icelandic,Icelander
India|IN IND|Republic of India,Bharat|Indian
Indonesia|ID IDN INA||Indonesian
Iran|IR IRN IRI|Islamic Republic of Iran,Persia|Iranian,Persian
Iraq|IQ IRQ||Iraqi
Ireland|IE IRL|Republic of Ireland,Eire|Irish,Irishman,Irishwoman
Israel|IL ISR||Israeli
Italy|IT ITA|Italian Republic|Italian
Ivory Coast|CI CIV|Côte d'Ivoire,Cote d'Ivoire|Ivorian
Jamaica|JM JAM||Jamaican
Japan|JP JPN||Japanese
Jordan|JO JOR|Hashemite Kingdom of Jordan|Jordanian
Kazakhstan|KZ KAZ||Kazakh,Kazakhstani
Kenya|KE KEN||Kenyan
Kiribati|KI KIR||I-Kiribati
Kosovo|XK XKX KOS||Kosovar,Kosovan
Kuwait|KW KWT KUW||Kuwaiti
Kyrgyzstan|KG KGZ|Kyrgyz Republic,Kirghizia|Kyrgyz,Kyrgyzstani
Laos|LA LAO|Lao People's Democratic Republic,Lao PDR|Laotian
Latvia|LV LVA LAT||Latvian
Lebanon|LB LBN LIB||Lebanese
Lesotho|LS LSO LES|Basutoland|Basotho,Mosotho
Liberia|LR LBR||Liberian
Libya|LY LBY LBA|Libyan Arab Jamahiriya|Libyan
Liechtenstein|LI LIE||Liechtensteiner
Lithuania|LT LTU||Lithuanian
Luxembourg|LU LUX|Luxemburg|Luxembourgish,Luxembourger
Madagascar|MG MDG MAD||Malagasy,Madagascan
Malawi|MW MWI MAW|Nyasaland|Malawian
Malaysia|MY MYS MAS||Malaysian
Maldives|MV MDV||Maldivian
Mali|ML MLI||Malian
Malta|MT MLT||Maltese
Marshall Islands|MH MHL||Marshallese
Mauritania|MR MRT MTN||Mauritanian
Mauritius|MU MUS MRI||Mauritian
Mexico|MX MEX||Mexican
Micronesia|FM FSM|Federated States of Micronesia|Micronesian
Moldova|MD MDA|Republic of Moldova|Moldovan
Monaco|MC MCO MON||Monégasque,Monacan
Mongolia|MN MNG MGL||Mongolian
Montenegro|ME MNE||Montenegrin
Morocco|MA MAR|Kingdom of Morocco|Moroccan
Mozambique|MZ MOZ||Mozambican
Myanmar|MM MMR MYA|Burma|Burmese,Myanma
Namibia|NA NAM|South West Africa|Namibian
Nauru|NR NRU||Nauruan
Nepal|NP NPL NEP||Nepalese,Nepali
Netherlands|NL NLD NED|Holland,Kingdom of the Netherlands|Dutch,Dutchman,Dutchwoman
New Zealand|NZ NZL|Aotearoa|New Zealander,Kiwi
Nicaragua|NI NIC NCA||Nicaraguan
Niger|NE NER NIG||Nigerien
Nigeria|NG NGA NGR||Nigerian
North Korea|KP PRK|Democratic People's Republic of Korea,DPRK,DPR Korea|North Korean
North Macedonia|MK MKD|Macedonia,FYROM,former Yugoslav Republic of Macedonia|Macedonian
Norway|NO NOR|Kingdom of Norway|Norwegian
Oman|OM OMN OMA||Omani
Pakistan|PK PAK||Pakistani
Palau|PW PLW||Palauan
Palestine|PS PSE PLE|State of Palestine,Palestinian territories|Palestinian
Panama|PA PAN||Panamanian
Papua New Guinea|PG PNG||Papua New Guinean
Paraguay|PY PRY PAR||Paraguayan
Peru|PE PER||Peruvian
Philippines|PH PHL PHI||Filipino,Filipina,Philippine
Poland|PL POL||Polish,Pole
Portugal|PT PRT POR|Portuguese Republic|Portuguese
Qatar|QA QAT||Qatari
Romania|RO ROU ROM|Rumania|Romanian
Russia|RU RUS|Russian Federation|Russian
Rwanda|RW RWA||Rwandan
Saint Kitts and Nevis|KN KNA SKN|St Kitts and Nevis|Kittitian,Nevisian
Saint Lucia|LC LCA|St Lucia|Saint Lucian
Saint Vincent and the Grenadines|VC VCT VIN|St Vincent and the Grenadines|Vincentian
Samoa|WS WSM SAM|Western Samoa|Samoan
San Marino|SM SMR||Sammarinese
São Tomé and Príncipe|ST STP|Sao Tome & Principe|São Toméan,Santomean
Saudi Arabia|SA SAU KSA|Kingdom of Saudi Arabia|Saudi,Saudi Arabian
Senegal|SN SEN||Senegalese
Serbia|RS SRB|Republic of Serbia|Serbian,Serb
Seychelles|SC SYC SEY||Seychellois
Sierra Leone|SL SLE||Sierra Leonean
Singapore|SG SGP SIN||Singaporean
Slovakia|SK SVK|Slovak Republic|Slovak,Slovakian
Slovenia|SI SVN SLO||Slovenian,Slovene
Solomon Islands|SB SLB SOL||Solomon Islander
Somalia|SO SOM||Somali,Somalian
South Africa|ZA ZAF RSA|Republic of South Africa|South African
South Korea|KR KOR|Republic of Korea,Korea,ROK,Korea Republic|South Korean,Korean
South Sudan|SS SSD||South Sudanese
Spain|ES ESP|Kingdom of Spain|Spanish,Spaniard
Sri Lanka|LK LKA SRI|Ceylon|Sri Lankan
Sudan|SD SDN SUD||Sudanese
Suriname|SR SUR|Surinam|Surinamese
Sweden|SE SWE|Kingdom of Sweden|Swedish,Swede
Switzerland|CH CHE SUI|Swiss Confederation|Swiss
Syria|SY SYR|Syrian Arab Republic|Syrian
Taiwan|TW TWN TPE|Republic of China,Chinese Taipei|Taiwanese
Tajikistan|TJ TJK||Tajik,Tajikistani
Tanzania|TZ TZA TAN|United Republic of Tanzania|Tanzanian
Thailand|TH THA|Siam|Thai
Timor-Leste|TL TLS|East Timor|Timorese,East Timorese
Togo|TG TGO TOG||Togolese
Tonga|TO TON TGA||Tongan
Trinidad and Tobago|TT TTO TRI|Trinidad & Tobago,Trinidad|Trinidadian,Tobagonian
Tunisia|TN TUN||Tunisian
Turkey|TR TUR|Türkiye,Republic of Turkey|Turkish,Turk
Turkmenistan|TM TKM||Turkmen
Tuvalu|TV TUV||Tuvaluan
Uganda|UG UGA||Ugandan
Ukraine|UA UKR||Ukrainian
United Arab Emirates|AE ARE UAE|Emirates|Emirati
United Kingdom|GB GBR UK|Great Britain,Britain,United Kingdom of Great Britain and Northern Ireland|British,Briton
United States|US USA|United States of America,America|American
Uruguay|UY URY URU||Uruguayan
Uzbekistan|UZ UZB||Uzbek,Uzbekistani
Vanuatu|VU VUT VAN|New Hebrides|Ni-Vanuatu,Vanuatuan
Vatican City|VA VAT|Holy See,Vatican|Vatican
Venezuela|VE VEN|Bolivarian Republic of Venezuela|Venezuelan
Vietnam|VN VNM VIE|Viet Nam,Socialist Republic of Vietnam|Vietnamese
Yemen|YE YEM|Republic of Yemen|Yemeni,Yemenite
Zambia|ZM ZMB ZAM|Northern Rhodesia|Zambian
Zimbabwe|ZW ZWE ZIM|Rhodesia,Southern Rhodesia|Zimbabwean
American Samoa|AS ASM ASA||American Samoan
Anguilla|AI AIA||Anguillan
Aruba|AW ABW ARU||Aruban
Bermuda|BM BMU BER||Bermudian
British Virgin Islands|VG VGB IVB|Virgin Islands (British)|
Cayman Islands|KY CYM CAY||Caymanian
Cook Islands|CK COK||Cook Islander
Curaçao|CW CUW||Curaçaoan
Falkland Islands|FK FLK|Falklands,Malvinas|Falkland Islander
Faroe Islands|FO FRO FAR|Faroes|Faroese
French Guiana|GF GUF||French Guianese
French Polynesia|PF PYF|Tahiti|French Polynesian,Tahitian
Gibraltar|GI GIB||Gibraltarian
Greenland|GL GRL||Greenlandic,Greenlander
Guadeloupe|GP GLP||Guadeloupean
Guam|GU GUM||Guamanian
Guernsey|GG GGY||
Hong Kong|HK HKG|Hong Kong SAR|Hongkonger
Isle of Man|IM IMN||Manx
Jersey|JE JEY||
Macau|MO MAC|Macao|Macanese
Martinique|MQ MTQ||Martiniquais
Mayotte|YT MYT||Mahoran
Montserrat|MS MSR||Montserratian
New Caledonia|NC NCL||New Caledonian
Niue|NU NIU||Niuean
Northern Mariana Islands|MP MNP|Northern Marianas|
Pitcairn Islands|PN PCN|Pitcairn|
Puerto Rico|PR PRI PUR||Puerto Rican
Réunion|RE REU|Reunion Island|Réunionese
Saint Helena|SH SHN|St Helena|
Tokelau|TK TKL||Tokelauan
Turks and Caicos Islands|TC TCA|Turks and Caicos|
United States Virgin Islands|VI VIR ISV|US Virgin Islands|
Wallis and Futuna|WF WLF||
Western Sahara|EH ESH||Sahrawi
England|ENG||English,Englishman,Englishwoman
Scotland|SCO||Scottish,Scot
Wales|WAL||Welsh,Welshman
Northern Ireland|NIR||Northern Irish
Soviet Union|SU SUN URS USSR|Union of Soviet Socialist Republics|Soviet
Yugoslavia|YU YUG|Socialist Federal Republic of Yugoslavia|Yugoslav,Yugoslavian
Czechoslovakia|CSK TCH||Czechoslovak,Czechoslovakian
East Germany|DD DDR GDR|German Democratic Republic|East German
Serbia and Montenegro|SCG||
Netherlands Antilles|ANT AHO||
"""


class _Index:
    """The table by folded name, by code and by folded demonym; whichever line has one first keeps it."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.demonyms: dict[str, tuple[str, ...]] = {}
        self.variants: dict[str, tuple[str, ...]] = {}
        for line in _TABLE.strip().splitlines():
            name, codes, variants, people = line.split("|")
            for code in codes.split():
                self.codes.setdefault(code, name)
            self.variants[name] = tuple(variant for variant in variants.split(",") if variant)
            for variant in (name, *variants.split(",")):
                self._add_name(variant, name)
            self.demonyms[name] = tuple(_with_plurals([word for word in people.split(",") if word]))
            for word in self.demonyms[name]:
                self.people.setdefault(fold(word), name)

    def _add_name(self, variant: str, name: str) -> None:
        if len(variant) <= 5 and variant.isupper():
            self.codes.setdefault(variant, name)
        elif variant:
            self.names.setdefault(_key(variant), name)


def _key(text: str) -> str:
    folded = fold(text).strip().replace(".", "").replace(" & ", " and ")
    return folded[4:] if folded.startswith("the ") else folded


def _with_plurals(people: list[str]) -> Iterator[str]:
    """The words with "Frenchmen" after "Frenchman": the plurals that no "s" makes."""
    for word in people:
        yield word
        for one, many in (("woman", "women"), ("man", "men")):
            if word.removesuffix(one) in people and word.endswith(one):
                yield word.removesuffix(one) + many


@lru_cache(maxsize=1)
def _index() -> _Index:
    return _Index()


def country(text: str) -> str | None:
    """The short English name of the country that `text` names in full, or by a code in capitals; else None.

    >>> country("Côte d'Ivoire"), country("GBR"), country("the united states"), country("us")
    ('Ivory Coast', 'United Kingdom', 'United States', None)
    """
    stripped = text.strip()
    return _index().codes.get(stripped.replace(".", "")) or _index().names.get(_key(stripped))


def demonym_country(word: str) -> str | None:
    """The country whose people or things `word` describes: "French", "Dutch", "Spaniards", "Frenchmen"; else None."""
    folded = fold(word).strip()
    people = _index().people
    return people.get(folded) or (people.get(folded[:-1]) if folded.endswith("s") else None)


def demonyms(country: str) -> tuple[str, ...]:
    """What the people of the country with this short name are called, the adjective first; may be empty."""
    return _index().demonyms.get(country, ())


def variants(country: str) -> tuple[str, ...]:
    """Other names of the country with this short name, codes in capitals among them; may be empty."""
    return _index().variants.get(country, ())


def initialisms(country: str) -> tuple[str, ...]:
    """The codes that are the initials of a name of the country, as people write them in any case: USA, UK, UAE."""
    initials = {
        "".join(word[0] for word in name.split() if word[0].isupper()) for name in (country, *variants(country))
    }
    known = (code for code, name in _index().codes.items() if name == country)
    return tuple(code for code in known if code in initials and code.lower() not in STOP_WORDS)


def is_country(text: str) -> bool:
    """Whether `text` by itself names a country."""
    return country(text) is not None
