"""Languages by their English names."""

LANGUAGES = frozenset(
    """Afrikaans Albanian Amharic Arabic Aragonese Armenian Assamese Asturian Azerbaijani Basque Belarusian Bengali Bosnian Breton
    Bulgarian Burmese Cantonese Catalan Chinese Cornish Corsican Croatian Czech Danish Dutch English Esperanto Estonian Faroese Farsi
    Filipino Finnish Flemish French Frisian Gaelic Galician Georgian German Greek Greenlandic Guarani Gujarati Hausa Hawaiian Hebrew Hindi
    Hungarian Icelandic Igbo Indonesian Irish Italian Japanese Javanese Kannada Kazakh Khmer Korean Kurdish Kyrgyz Ladin Lao Latin Latvian
    Lithuanian Luxembourgish Macedonian Malagasy Malay Malayalam Maltese Mandarin Manx Maori Marathi Mongolian Nepali Norwegian Occitan
    Pashto Persian Polish Portuguese Punjabi Quechua Romanian Romansh Russian Sami Samoan Sanskrit Sardinian Scots Serbian Sinhala Slovak
    Slovene Slovenian Somali Sorbian Spanish Swahili Swedish Tagalog Tajik Tamil Tatar Telugu Thai Tibetan Tongan Turkish Turkmen
    Ukrainian Urdu Uzbek Vietnamese Welsh Wolof Xhosa Yiddish Yoruba Zulu""".split()
)
