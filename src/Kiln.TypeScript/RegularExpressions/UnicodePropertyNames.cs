namespace Kiln.TypeScript.RegularExpressions;

/// <summary>
/// The names that <c>\p{…}</c> knows (ECMA-262 §22.2.1, UnicodePropertyValueExpression), as of Unicode 17. Matching is exact: case and underscores
/// count, unlike the loose matching of UAX 44. Patterns of constants cost no memory and no start-up; the compiler turns each into a search by length and character.
/// </summary>
internal static class UnicodePropertyNames
{
    public static bool IsGeneralCategoryName(ReadOnlySpan<char> name) => name is "General_Category" or "gc";

    public static bool IsScriptName(ReadOnlySpan<char> name) => name is "Script" or "sc" or "Script_Extensions" or "scx";

    /// <summary>Properties that may match more than one character; only with the flag v.</summary>
    public static bool IsPropertyOfStrings(ReadOnlySpan<char> name) =>
        name is
            "Basic_Emoji" or "Emoji_Keycap_Sequence" or "RGI_Emoji" or "RGI_Emoji_Flag_Sequence" or "RGI_Emoji_Modifier_Sequence" or "RGI_Emoji_Tag_Sequence"
            or "RGI_Emoji_ZWJ_Sequence";

    public static bool IsBinaryProperty(ReadOnlySpan<char> name) =>
        name is
            "AHex" or "ASCII" or "ASCII_Hex_Digit" or "Alpha" or "Alphabetic" or "Any" or "Assigned" or "Bidi_C" or "Bidi_Control" or "Bidi_M" or "Bidi_Mirrored"
            or "CI" or "CWCF" or "CWCM" or "CWKCF" or "CWL" or "CWT" or "CWU" or "Case_Ignorable" or "Cased" or "Changes_When_Casefolded"
            or "Changes_When_Casemapped" or "Changes_When_Lowercased" or "Changes_When_NFKC_Casefolded" or "Changes_When_Titlecased" or "Changes_When_Uppercased"
            or "DI" or "Dash" or "Default_Ignorable_Code_Point" or "Dep" or "Deprecated" or "Dia" or "Diacritic" or "EBase" or "EComp" or "EMod" or "EPres"
            or "Emoji" or "Emoji_Component" or "Emoji_Modifier" or "Emoji_Modifier_Base" or "Emoji_Presentation" or "Ext" or "ExtPict" or "Extended_Pictographic"
            or "Extender" or "Gr_Base" or "Gr_Ext" or "Grapheme_Base" or "Grapheme_Extend" or "Hex" or "Hex_Digit" or "IDC" or "IDS" or "IDSB" or "IDST"
            or "IDS_Binary_Operator" or "IDS_Trinary_Operator" or "ID_Continue" or "ID_Start" or "Ideo" or "Ideographic" or "Join_C" or "Join_Control" or "LOE"
            or "Logical_Order_Exception" or "Lower" or "Lowercase" or "Math" or "NChar" or "Noncharacter_Code_Point" or "Pat_Syn" or "Pat_WS" or "Pattern_Syntax"
            or "Pattern_White_Space" or "QMark" or "Quotation_Mark" or "RI" or "Radical" or "Regional_Indicator" or "SD" or "STerm" or "Sentence_Terminal"
            or "Soft_Dotted" or "Term" or "Terminal_Punctuation" or "UIdeo" or "Unified_Ideograph" or "Upper" or "Uppercase" or "VS" or "Variation_Selector"
            or "White_Space" or "XIDC" or "XIDS" or "XID_Continue" or "XID_Start" or "space";

    public static bool IsGeneralCategory(ReadOnlySpan<char> value) =>
        value is
            "C" or "Cased_Letter" or "Cc" or "Cf" or "Close_Punctuation" or "Cn" or "Co" or "Combining_Mark" or "Connector_Punctuation" or "Control" or "Cs"
            or "Currency_Symbol" or "Dash_Punctuation" or "Decimal_Number" or "Enclosing_Mark" or "Final_Punctuation" or "Format" or "Initial_Punctuation" or "L"
            or "LC" or "Letter" or "Letter_Number" or "Line_Separator" or "Ll" or "Lm" or "Lo" or "Lowercase_Letter" or "Lt" or "Lu" or "M" or "Mark"
            or "Math_Symbol" or "Mc" or "Me" or "Mn" or "Modifier_Letter" or "Modifier_Symbol" or "N" or "Nd" or "Nl" or "No" or "Nonspacing_Mark" or "Number"
            or "Open_Punctuation" or "Other" or "Other_Letter" or "Other_Number" or "Other_Punctuation" or "Other_Symbol" or "P" or "Paragraph_Separator" or "Pc"
            or "Pd" or "Pe" or "Pf" or "Pi" or "Po" or "Private_Use" or "Ps" or "Punctuation" or "S" or "Sc" or "Separator" or "Sk" or "Sm" or "So"
            or "Space_Separator" or "Spacing_Mark" or "Surrogate" or "Symbol" or "Titlecase_Letter" or "Unassigned" or "Uppercase_Letter" or "Z" or "Zl" or "Zp"
            or "Zs" or "cntrl" or "digit" or "punct";

    /// <summary>Values of Script and Script_Extensions with all aliases. Katakana_Or_Hiragana (Hrkt) is listed by Unicode, but no character has it and engines refuse it.</summary>
    public static bool IsScript(ReadOnlySpan<char> value) =>
        value is
            "Adlam" or "Adlm" or "Aghb" or "Ahom" or "Anatolian_Hieroglyphs" or "Arab" or "Arabic" or "Armenian" or "Armi" or "Armn" or "Avestan" or "Avst"
            or "Bali" or "Balinese" or "Bamu" or "Bamum" or "Bass" or "Bassa_Vah" or "Batak" or "Batk" or "Beng" or "Bengali" or "Berf" or "Beria_Erfe"
            or "Bhaiksuki" or "Bhks" or "Bopo" or "Bopomofo" or "Brah" or "Brahmi" or "Brai" or "Braille" or "Bugi" or "Buginese" or "Buhd" or "Buhid" or "Cakm"
            or "Canadian_Aboriginal" or "Cans" or "Cari" or "Carian" or "Caucasian_Albanian" or "Chakma" or "Cham" or "Cher" or "Cherokee" or "Chorasmian" or "Chrs"
            or "Common" or "Copt" or "Coptic" or "Cpmn" or "Cprt" or "Cuneiform" or "Cypriot" or "Cypro_Minoan" or "Cyrillic" or "Cyrl" or "Deseret" or "Deva"
            or "Devanagari" or "Diak" or "Dives_Akuru" or "Dogr" or "Dogra" or "Dsrt" or "Dupl" or "Duployan" or "Egyp" or "Egyptian_Hieroglyphs" or "Elba"
            or "Elbasan" or "Elym" or "Elymaic" or "Ethi" or "Ethiopic" or "Gara" or "Garay" or "Geor" or "Georgian" or "Glag" or "Glagolitic" or "Gong" or "Gonm"
            or "Goth" or "Gothic" or "Gran" or "Grantha" or "Greek" or "Grek" or "Gujarati" or "Gujr" or "Gukh" or "Gunjala_Gondi" or "Gurmukhi" or "Guru"
            or "Gurung_Khema" or "Han" or "Hang" or "Hangul" or "Hani" or "Hanifi_Rohingya" or "Hano" or "Hanunoo" or "Hatr" or "Hatran" or "Hebr" or "Hebrew"
            or "Hira" or "Hiragana" or "Hluw" or "Hmng" or "Hmnp" or "Hung" or "Imperial_Aramaic" or "Inherited" or "Inscriptional_Pahlavi"
            or "Inscriptional_Parthian" or "Ital" or "Java" or "Javanese" or "Kaithi" or "Kali" or "Kana" or "Kannada" or "Katakana" or "Kawi" or "Kayah_Li"
            or "Khar" or "Kharoshthi" or "Khitan_Small_Script" or "Khmer" or "Khmr" or "Khoj" or "Khojki" or "Khudawadi" or "Kirat_Rai" or "Kits" or "Knda" or "Krai"
            or "Kthi" or "Lana" or "Lao" or "Laoo" or "Latin" or "Latn" or "Lepc" or "Lepcha" or "Limb" or "Limbu" or "Lina" or "Linb" or "Linear_A" or "Linear_B"
            or "Lisu" or "Lyci" or "Lycian" or "Lydi" or "Lydian" or "Mahajani" or "Mahj" or "Maka" or "Makasar" or "Malayalam" or "Mand" or "Mandaic" or "Mani"
            or "Manichaean" or "Marc" or "Marchen" or "Masaram_Gondi" or "Medefaidrin" or "Medf" or "Meetei_Mayek" or "Mend" or "Mende_Kikakui" or "Merc" or "Mero"
            or "Meroitic_Cursive" or "Meroitic_Hieroglyphs" or "Miao" or "Mlym" or "Modi" or "Mong" or "Mongolian" or "Mro" or "Mroo" or "Mtei" or "Mult"
            or "Multani" or "Myanmar" or "Mymr" or "Nabataean" or "Nag_Mundari" or "Nagm" or "Nand" or "Nandinagari" or "Narb" or "Nbat" or "New_Tai_Lue" or "Newa"
            or "Nko" or "Nkoo" or "Nshu" or "Nushu" or "Nyiakeng_Puachue_Hmong" or "Ogam" or "Ogham" or "Ol_Chiki" or "Ol_Onal" or "Olck" or "Old_Hungarian"
            or "Old_Italic" or "Old_North_Arabian" or "Old_Permic" or "Old_Persian" or "Old_Sogdian" or "Old_South_Arabian" or "Old_Turkic" or "Old_Uyghur" or "Onao"
            or "Oriya" or "Orkh" or "Orya" or "Osage" or "Osge" or "Osma" or "Osmanya" or "Ougr" or "Pahawh_Hmong" or "Palm" or "Palmyrene" or "Pau_Cin_Hau"
            or "Pauc" or "Perm" or "Phag" or "Phags_Pa" or "Phli" or "Phlp" or "Phnx" or "Phoenician" or "Plrd" or "Prti" or "Psalter_Pahlavi" or "Qaac" or "Qaai"
            or "Rejang" or "Rjng" or "Rohg" or "Runic" or "Runr" or "Samaritan" or "Samr" or "Sarb" or "Saur" or "Saurashtra" or "Sgnw" or "Sharada" or "Shavian"
            or "Shaw" or "Shrd" or "Sidd" or "Siddham" or "Sidetic" or "Sidt" or "SignWriting" or "Sind" or "Sinh" or "Sinhala" or "Sogd" or "Sogdian" or "Sogo"
            or "Sora" or "Sora_Sompeng" or "Soyo" or "Soyombo" or "Sund" or "Sundanese" or "Sunu" or "Sunuwar" or "Sylo" or "Syloti_Nagri" or "Syrc" or "Syriac"
            or "Tagalog" or "Tagb" or "Tagbanwa" or "Tai_Le" or "Tai_Tham" or "Tai_Viet" or "Tai_Yo" or "Takr" or "Takri" or "Tale" or "Talu" or "Tamil" or "Taml"
            or "Tang" or "Tangsa" or "Tangut" or "Tavt" or "Tayo" or "Telu" or "Telugu" or "Tfng" or "Tglg" or "Thaa" or "Thaana" or "Thai" or "Tibetan" or "Tibt"
            or "Tifinagh" or "Tirh" or "Tirhuta" or "Tnsa" or "Todhri" or "Todr" or "Tolong_Siki" or "Tols" or "Toto" or "Tulu_Tigalari" or "Tutg" or "Ugar"
            or "Ugaritic" or "Unknown" or "Vai" or "Vaii" or "Vith" or "Vithkuqi" or "Wancho" or "Wara" or "Warang_Citi" or "Wcho" or "Xpeo" or "Xsux" or "Yezi"
            or "Yezidi" or "Yi" or "Yiii" or "Zanabazar_Square" or "Zanb" or "Zinh" or "Zyyy" or "Zzzz";
}
