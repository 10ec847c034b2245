<?xml version="1.0" encoding="UTF-8"?>
<!-- What a regional summary says beside its charts: how exact it is, who sent
     what, and the tables.  Beside chart.xsl and isolate.xsl. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:t="urn:ihala:tables:1"
    exclude-result-prefixes="ih s r t">

  <!-- what a 0 of one return may hide -->
  <xsl:variable name="furthest">
    <xsl:for-each select="$region/r:committee">
      <xsl:sort select="@bound" data-type="number" order="descending"/>
      <xsl:if test="position() = 1"><xsl:value-of select="@bound"/></xsl:if>
    </xsl:for-each>
  </xsl:variable>

  <xsl:template name="sentence">
    <xsl:param name="say"/>
    <p><xsl:call-template name="isolated"><xsl:with-param name="text" select="$say"/></xsl:call-template></p>
  </xsl:template>

  <xsl:template name="about">
    <div class="about">
      <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:say('return.legend', $tongue, string($furthest))"/></xsl:call-template>
      <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:say('region.bound', $tongue, string($region/@bound))"/></xsl:call-template>
      <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:word('region.not-status', $tongue)"/></xsl:call-template>
      <xsl:if test="$region/r:missing">
        <xsl:variable name="missing">
          <xsl:for-each select="$region/r:missing">
            <xsl:if test="position() != 1">
              <xsl:choose><xsl:when test="$rtl">، </xsl:when><xsl:otherwise>, </xsl:otherwise></xsl:choose>
            </xsl:if>
            <xsl:call-template name="country"><xsl:with-param name="code" select="@code"/></xsl:call-template>
          </xsl:for-each>
        </xsl:variable>
        <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:say('region.missing', $tongue, string($missing))"/></xsl:call-template>
      </xsl:if>
      <xsl:call-template name="sentence"><xsl:with-param name="say" select="concat(ih:word('region.made', $tongue), ' ', ih:date($region/@made, $tongue))"/></xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template name="committees">
    <h2><xsl:value-of select="ih:word('region.committees', $tongue)"/></h2>
    <table>
      <thead><tr>
        <th scope="col"><xsl:value-of select="ih:word('region.committee', $tongue)"/></th>
        <th scope="col"><xsl:value-of select="ih:word('region.made', $tongue)"/></th>
        <th scope="col"><xsl:value-of select="ih:word('region.persons', $tongue)"/></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="$region/r:committee">
          <tr>
            <th scope="row"><xsl:call-template name="country"><xsl:with-param name="code" select="@code"/></xsl:call-template></th>
            <td><xsl:call-template name="isolated"><xsl:with-param name="text" select="ih:date(@made, $tongue)"/></xsl:call-template></td>
            <td class="n"><xsl:value-of select="@persons"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
      <tfoot><tr><th scope="row" colspan="2"><xsl:value-of select="ih:word('region.total', $tongue)"/></th><td class="n"><xsl:value-of select="$region/@persons"/></td></tr></tfoot>
    </table>
  </xsl:template>

  <!-- Rows by country. -->
  <xsl:template name="by-country">
    <xsl:param name="table"/>
    <table>
      <thead><tr>
        <th scope="col"><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:variable[@id = $table/@rows]/t:title"/></xsl:call-template></th>
        <xsl:for-each select="$region/r:committee"><th scope="col"><bdi><xsl:value-of select="@code"/></bdi></th></xsl:for-each>
        <th scope="col"><xsl:value-of select="ih:word('region.total', $tongue)"/></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="$table/r:row">
          <tr>
            <th scope="row"><xsl:call-template name="category"><xsl:with-param name="variable" select="$table/@rows"/><xsl:with-param name="code" select="@code"/></xsl:call-template></th>
            <xsl:for-each select="r:from"><td class="n"><xsl:value-of select="."/></td></xsl:for-each>
            <td class="n"><xsl:value-of select="@total"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <!-- Rows by columns, the names of HTCDS beside them. -->
  <xsl:template match="r:table">
    <xsl:variable name="table" select="."/>
    <xsl:variable name="rows" select="$tables/t:variable[@id = $table/@rows]"/>
    <table>
      <thead><tr>
        <th scope="col"><xsl:call-template name="named"><xsl:with-param name="of" select="$rows/t:title"/></xsl:call-template></th>
        <xsl:if test="$rows/@htcds"><th scope="col"><bdi dir="ltr">HTCDS</bdi></th></xsl:if>
        <th scope="col"><bdi dir="ltr">IC-TIP</bdi></th>
        <xsl:for-each select="r:column"><th scope="col"><xsl:call-template name="category"><xsl:with-param name="variable" select="$table/@columns"/><xsl:with-param name="code" select="@code"/></xsl:call-template></th></xsl:for-each>
        <th scope="col"><xsl:value-of select="ih:word('region.total', $tongue)"/></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="r:row">
          <xsl:variable name="category" select="$rows/t:category[@code = current()/@code]"/>
          <tr>
            <th scope="row"><xsl:call-template name="named"><xsl:with-param name="of" select="$category"/></xsl:call-template></th>
            <xsl:if test="$rows/@htcds"><td><bdi dir="ltr" class="code"><xsl:value-of select="$category/@htcds"/></bdi></td></xsl:if>
            <td><bdi dir="ltr" class="code"><xsl:value-of select="$category/@ic-tip"/></bdi></td>
            <xsl:for-each select="r:cell"><td class="n"><xsl:value-of select="@sum"/></td></xsl:for-each>
            <td class="n"><xsl:value-of select="@total"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
      <tfoot><tr>
        <th scope="row"><xsl:value-of select="ih:word('region.total', $tongue)"/></th>
        <xsl:if test="$rows/@htcds"><td></td></xsl:if><td></td>
        <xsl:for-each select="r:column"><td class="n"><xsl:value-of select="@total"/></td></xsl:for-each>
        <td class="n"><xsl:value-of select="@total"/></td>
      </tr></tfoot>
    </table>
    <xsl:if test="@multi">
      <p class="multi"><xsl:value-of select="ih:say('region.multi', $tongue, string($region/@persons))"/></p>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
