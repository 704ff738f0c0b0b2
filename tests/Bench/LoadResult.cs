namespace NanoComm.Bench
{
    /// <summary>What a meter did under a load.</summary>
    /// <param name="PerSecond">Answers a second.</param>
    /// <param name="Median">Milliseconds from request to answer, of half of them at most.</param>
    /// <param name="P99">Likewise of 99 of 100.</param>
    /// <param name="Lost">Requests without an answer within a second.</param>
    /// <param name="Refused">Answers that did not give all that was asked.</param>
    /// <param name="Asking">How much of a processor those took who asked: 1 is one core.</param>
    /// <param name="Answering">How much the meter took; null where that is not known.</param>
    internal sealed record LoadResult(double PerSecond, double Median, double P99, int Lost, int Refused, double Asking, double? Answering);
}
