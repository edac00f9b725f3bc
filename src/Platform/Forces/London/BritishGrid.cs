namespace Pathfinder.Platform.Forces.London;

/// <summary>
/// British National Grid to longitude and latitude: inverse transverse Mercator on Airy 1830, then the seven-parameter
/// transformation to WGS 84 (Ordnance Survey, A guide to coordinate systems in Great Britain, annexes B and C; good to about 5 m).
/// </summary>
internal static class BritishGrid
{
    private const double Degree = Math.PI / 180;

    /// <summary>Longitude and latitude in degrees of an easting and northing in metres.</summary>
    public static (double Longitude, double Latitude) ToDegrees(double easting, double northing)
    {
        const double a = 6377563.396, b = 6356256.909, scale = 0.9996012717;
        const double e2 = 1 - (b * b / (a * a)), n = (a - b) / (a + b);
        const double lat0 = 49 * Degree, lon0 = -2 * Degree;
        var lat = lat0;
        var arc = 0.0;
        do
        {
            lat = ((northing + 100000 - arc) / (a * scale)) + lat;
            var (d, s) = (lat - lat0, lat + lat0);
            arc = b * scale * (((1 + n + (1.25 * n * n) + (1.25 * n * n * n)) * d)
                - (((3 * n) + (3 * n * n) + (2.625 * n * n * n)) * Math.Sin(d) * Math.Cos(s))
                + (((1.875 * n * n) + (1.875 * n * n * n)) * Math.Sin(2 * d) * Math.Cos(2 * s))
                - (35.0 / 24 * n * n * n * Math.Sin(3 * d) * Math.Cos(3 * s)));
        }
        while (Math.Abs(northing + 100000 - arc) >= 0.00001);

        var (sin, cos, tan) = (Math.Sin(lat), Math.Cos(lat), Math.Tan(lat));
        var nu = a * scale / Math.Sqrt(1 - (e2 * sin * sin));
        var rho = a * scale * (1 - e2) / Math.Pow(1 - (e2 * sin * sin), 1.5);
        var eta2 = (nu / rho) - 1;
        var (t2, dE) = (tan * tan, easting - 400000);
        var latitude = lat
            - (tan / (2 * rho * nu) * dE * dE)
            + (tan / (24 * rho * Math.Pow(nu, 3)) * (5 + (3 * t2) + eta2 - (9 * t2 * eta2)) * Math.Pow(dE, 4))
            - (tan / (720 * rho * Math.Pow(nu, 5)) * (61 + (90 * t2) + (45 * t2 * t2)) * Math.Pow(dE, 6));
        var longitude = lon0
            + (dE / (cos * nu))
            - (Math.Pow(dE, 3) / (cos * 6 * Math.Pow(nu, 3)) * ((nu / rho) + (2 * t2)))
            + (Math.Pow(dE, 5) / (cos * 120 * Math.Pow(nu, 5)) * (5 + (28 * t2) + (24 * t2 * t2)));
        return ToWgs84(longitude, latitude, a, e2);
    }

    private static (double Longitude, double Latitude) ToWgs84(double longitude, double latitude, double a, double e2)
    {
        var nu = a / Math.Sqrt(1 - (e2 * Math.Sin(latitude) * Math.Sin(latitude)));
        var (x, y, z) = (nu * Math.Cos(latitude) * Math.Cos(longitude), nu * Math.Cos(latitude) * Math.Sin(longitude), nu * (1 - e2) * Math.Sin(latitude));
        const double second = Degree / 3600, s = -20.4894e-6, rx = 0.1502 * second, ry = 0.2470 * second, rz = 0.8421 * second;
        var x2 = 446.448 + ((1 + s) * x) - (rz * y) + (ry * z);
        var y2 = -125.157 + (rz * x) + ((1 + s) * y) - (rx * z);
        var z2 = 542.060 - (ry * x) + (rx * y) + ((1 + s) * z);
        const double wa = 6378137.0, we2 = 0.00669437999014;
        var p = Math.Sqrt((x2 * x2) + (y2 * y2));
        var lat = Math.Atan2(z2, p * (1 - we2));
        for (var i = 0; i < 5; i++)
        {
            var wn = wa / Math.Sqrt(1 - (we2 * Math.Sin(lat) * Math.Sin(lat)));
            lat = Math.Atan2(z2 + (we2 * wn * Math.Sin(lat)), p);
        }

        return (Math.Round(Math.Atan2(y2, x2) / Degree, 6), Math.Round(lat / Degree, 6));
    }
}
