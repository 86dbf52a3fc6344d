namespace Facts;

/// <summary>Spelling of units. Unlike units are never added, so each unit must have exactly one spelling.</summary>
public static class Unit
{
    static readonly Dictionary<string, string> Spellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["systems"] = "system", ["batteries"] = "battery", ["launchers"] = "launcher", ["missiles"] = "missile",
        ["rounds"] = "round", ["vehicles"] = "vehicle", ["pieces"] = "piece",
    };

    // ISO 4217: the codes in force, and the codes that the euro and reforms since 1990 have replaced.
    static readonly HashSet<string> Currencies = new(
        ("AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE "
        + "CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
        + "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN "
        + "PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
        + "UAH UGX USD UYU UZS VED VES VND VUV WST XAF XAG XAU XCD XCG XDR XOF XPD XPF XPT YER ZAR ZMW ZWG ZWL "
        + "ATS BEF BGL BYR CSD CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MRO MTL NLG PTE ROL SIT SKK STD TRL VEF YUM ZMK ZWD").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The usual units in the singular, without the currencies.</summary>
    public static IReadOnlyCollection<string> Usual { get; } = [.. Spellings.Values];

    /// <summary>True for the code of a currency (ISO 4217); upper and lower case do not matter.</summary>
    public static bool IsCurrency(string unit) => Currencies.Contains(unit);

    /// <summary>
    /// The one spelling of a unit. Currency codes (ISO 4217) are in capitals, all other units in small letters. The plural of a usual unit becomes
    /// its singular: <c>Systems</c> is <c>system</c>. Any other word is a unit of its own.
    /// </summary>
    public static string Normalize(string text)
    {
        var word = text.Trim();
        if (IsCurrency(word)) return word.ToUpperInvariant();
        return Spellings.TryGetValue(word, out var known) ? known : word.ToLowerInvariant();
    }
}
