namespace NanoComm.Fleet
{
    /// <summary>How many of a fleet's households have what, per cent, 0…100 each.</summary>
    /// <param name="Photovoltaics">A solar plant of 2 to 6 kW.</param>
    /// <param name="Chargers">A charger of 3 or 6 kW for a car, one to five hours each night.</param>
    /// <param name="Batteries">A battery of 4 to 10 kWh.</param>
    public sealed record HouseholdShares(int Photovoltaics, int Chargers, int Batteries);
}
