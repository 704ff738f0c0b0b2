namespace NanoComm.Virtual.Events
{
    /// <summary>The state of a load or of the supply is another one.</summary>
    /// <param name="PowerBudget">The power now.</param>
    internal sealed record PowerEvent(PowerData PowerBudget) : JsonEvent("power");
}
