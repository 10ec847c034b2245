<?xml version="1.0" encoding="UTF-8"?>
<!-- Charts of a regional summary, as SVG: bars by country, a pyramid of ages,
     flows between countries, and periods one after the other.  Numbers grow from the side where reading begins. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:t="urn:ihala:tables:1"
    xmlns:m="urn:ihala:mechanism:1" xmlns="http://www.w3.org/2000/svg"
    exclude-result-prefixes="ih s r t m">

  <xsl:param name="tongue" select="'en'"/>
  <xsl:variable name="lang" select="substring($tongue, 1, 2)"/>
  <xsl:variable name="rtl" select="$lang = 'ar'"/>
  <xsl:variable name="dir"><xsl:choose><xsl:when test="$rtl">rtl</xsl:when><xsl:otherwise>ltr</xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="region" select="/descendant::s:sources/s:region/r:region"/>
  <xsl:variable name="tables" select="/descendant::s:sources/s:tables/t:tables"/>
  <xsl:variable name="width" select="640"/>
  <xsl:variable name="label" select="190"/>
  <!-- four tints that differ in grey too, for a printer -->
  <xsl:variable name="tints" select="'#123a5e#3f7fb0#9cc3de#d7dde2'"/>

  <!-- ==== names -->

  <xsl:template name="named">
    <xsl:param name="of"/>
    <xsl:choose>
      <xsl:when test="$of/*[local-name() = 'text'][@xml:lang = $tongue]"><xsl:value-of select="normalize-space($of/*[local-name() = 'text'][@xml:lang = $tongue])"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="normalize-space($of/*[local-name() = 'text'][@xml:lang = $lang])"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A country by the short name of its committee and its code. -->
  <xsl:template name="country">
    <xsl:param name="code"/>
    <xsl:variable name="short" select="/descendant::s:sources/s:mechanism/m:mechanism[@code = $code]/m:short"/>
    <xsl:value-of select="$code"/>
    <xsl:if test="$short">
      <xsl:text> – </xsl:text>
      <xsl:call-template name="named"><xsl:with-param name="of" select="$short"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="category">
    <xsl:param name="variable"/>
    <xsl:param name="code"/>
    <xsl:call-template name="named">
      <xsl:with-param name="of" select="$tables/t:variable[@id = $variable]/t:category[@code = $code]"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== drawing; X counts from where reading begins -->

  <xsl:template name="bar">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="length"/>
    <xsl:param name="height" select="14"/>
    <xsl:param name="tint" select="1"/>
    <xsl:if test="$length &gt; 0">
      <rect y="{$y}" width="{format-number($length, '0.##')}" height="{$height}" fill="{substring($tints, 7 * $tint - 6, 7)}">
        <xsl:attribute name="x">
          <xsl:choose>
            <xsl:when test="$rtl"><xsl:value-of select="format-number($width - $x - $length, '0.##')"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="format-number($x, '0.##')"/></xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </rect>
    </xsl:if>
  </xsl:template>

  <!-- Text that begins at X, or (END) ends there. -->
  <xsl:template name="say">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="end" select="false()"/>
    <xsl:param name="what"/>
    <xsl:param name="class" select="'label'"/>
    <text class="{$class}" y="{$y}" direction="{$dir}">
      <xsl:attribute name="x">
        <xsl:choose>
          <xsl:when test="$rtl"><xsl:value-of select="format-number($width - $x, '0.##')"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="format-number($x, '0.##')"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="text-anchor">
        <xsl:choose>
          <xsl:when test="$end">end</xsl:when>
          <xsl:otherwise>start</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:value-of select="$what"/>
    </text>
  </xsl:template>

  <xsl:template name="frame">
    <xsl:param name="id"/>
    <xsl:param name="height"/>
    <xsl:param name="title"/>
    <xsl:param name="drawing"/>
    <xsl:param name="desc" select="'region.chart.desc'"/>
    <svg viewBox="0 0 {$width} {$height}" width="{$width}" height="{$height}" role="img" xml:lang="{$tongue}"
        aria-labelledby="{$id}-title {$id}-desc" font-family="'Noto Sans', 'Noto Naskh Arabic', 'Noto Sans Arabic', sans-serif" font-size="12" fill="#1a1a1a">
      <title id="{$id}-title"><xsl:value-of select="$title"/></title>
      <desc id="{$id}-desc"><xsl:value-of select="ih:word($desc, $tongue)"/></desc>
      <xsl:copy-of select="$drawing"/>
    </svg>
  </xsl:template>

  <!-- ==== outcomes by country: one bar a country, one tint an outcome -->

  <xsl:template name="outcome-chart">
    <xsl:param name="desc" select="'region.chart.desc'"/>
    <xsl:variable name="table" select="$region/r:table[@rows = 'outcome'][1]"/>
    <xsl:variable name="most">
      <xsl:for-each select="$region/r:committee">
        <xsl:sort select="@persons" data-type="number" order="descending"/>
        <xsl:if test="position() = 1"><xsl:value-of select="@persons"/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="unit" select="($width - $label - 50) div ($most + ($most = 0))"/>
    <xsl:call-template name="frame">
      <xsl:with-param name="id" select="'outcome'"/>
      <xsl:with-param name="desc" select="$desc"/>
      <xsl:with-param name="height" select="52 + 30 * count($region/r:committee) + 18 * count($table/r:row)"/>
      <xsl:with-param name="title" select="concat(ih:word('region.chart.outcome', $tongue), ', ', $region/@period)"/>
      <xsl:with-param name="drawing">
        <xsl:call-template name="say"><xsl:with-param name="x" select="0"/><xsl:with-param name="y" select="16"/><xsl:with-param name="class" select="'heading'"/><xsl:with-param name="what" select="concat(ih:word('region.chart.outcome', $tongue), ' (', $region/@period, ')')"/></xsl:call-template>
        <xsl:for-each select="$region/r:committee">
          <xsl:variable name="code" select="@code"/>
          <xsl:variable name="y" select="30 * position()"/>
          <xsl:call-template name="say">
            <xsl:with-param name="x" select="$label - 8"/><xsl:with-param name="y" select="$y + 15"/><xsl:with-param name="end" select="true()"/>
            <xsl:with-param name="what"><xsl:call-template name="country"><xsl:with-param name="code" select="$code"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:for-each select="$table/r:row">
            <xsl:call-template name="bar">
              <xsl:with-param name="x" select="$label + $unit * sum(preceding-sibling::r:row/r:from[@committee = $code])"/>
              <xsl:with-param name="y" select="$y"/>
              <xsl:with-param name="height" select="20"/>
              <xsl:with-param name="length" select="$unit * r:from[@committee = $code]"/>
              <xsl:with-param name="tint" select="position()"/>
            </xsl:call-template>
          </xsl:for-each>
          <xsl:call-template name="say"><xsl:with-param name="x" select="$label + $unit * @persons + 6"/><xsl:with-param name="y" select="$y + 15"/><xsl:with-param name="what" select="@persons"/></xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="$table/r:row">
          <xsl:variable name="y" select="40 + 30 * count($region/r:committee) + 18 * (position() - 1)"/>
          <xsl:call-template name="bar"><xsl:with-param name="x" select="$label"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="height" select="12"/><xsl:with-param name="length" select="12"/><xsl:with-param name="tint" select="position()"/></xsl:call-template>
          <xsl:call-template name="say">
            <xsl:with-param name="x" select="$label + 20"/><xsl:with-param name="y" select="$y + 11"/>
            <xsl:with-param name="what"><xsl:call-template name="category"><xsl:with-param name="variable" select="'outcome'"/><xsl:with-param name="code" select="@code"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== rows of one table: one bar a row -->

  <xsl:template name="row-chart">
    <xsl:param name="table"/>
    <xsl:variable name="most">
      <xsl:for-each select="$table/r:row">
        <xsl:sort select="@total" data-type="number" order="descending"/>
        <xsl:if test="position() = 1"><xsl:value-of select="@total"/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="unit" select="($width - $label - 130) div ($most + ($most = 0))"/>
    <xsl:call-template name="frame">
      <xsl:with-param name="id" select="$table/@id"/>
      <xsl:with-param name="height" select="8 + 22 * count($table/r:row)"/>
      <xsl:with-param name="title"><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:table[@id = $table/@id]/t:title"/></xsl:call-template></xsl:with-param>
      <xsl:with-param name="drawing">
        <xsl:for-each select="$table/r:row">
          <xsl:variable name="y" select="22 * position() - 18"/>
          <xsl:call-template name="say">
            <xsl:with-param name="x" select="$label + 72"/><xsl:with-param name="y" select="$y + 12"/><xsl:with-param name="end" select="true()"/>
            <xsl:with-param name="what"><xsl:call-template name="category"><xsl:with-param name="variable" select="$table/@rows"/><xsl:with-param name="code" select="@code"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="bar"><xsl:with-param name="x" select="$label + 80"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="length" select="$unit * @total"/></xsl:call-template>
          <xsl:call-template name="say"><xsl:with-param name="x" select="$label + 86 + $unit * @total"/><xsl:with-param name="y" select="$y + 12"/><xsl:with-param name="what" select="@total"/></xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== flows: rows at the beginning of the line, columns at its end -->

  <!-- X as it is drawn: reading may begin on the right. -->
  <xsl:template name="at">
    <xsl:param name="x"/>
    <xsl:choose>
      <xsl:when test="$rtl"><xsl:value-of select="format-number($width - $x, '0.##')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="format-number($x, '0.##')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A block of one country: its band and its name. -->
  <xsl:template name="flow-end">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="length"/>
    <xsl:param name="tint"/>
    <xsl:param name="variable"/>
    <xsl:param name="code"/>
    <xsl:param name="total"/>
    <xsl:param name="before" select="false()"/>
    <xsl:variable name="name"><xsl:call-template name="category"><xsl:with-param name="variable" select="$variable"/><xsl:with-param name="code" select="$code"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="bar"><xsl:with-param name="x" select="$x"/><xsl:with-param name="y" select="format-number($y, '0.##')"/><xsl:with-param name="length" select="10"/><xsl:with-param name="height" select="format-number($length, '0.##')"/><xsl:with-param name="tint" select="$tint"/></xsl:call-template>
    <xsl:call-template name="say">
      <xsl:with-param name="x"><xsl:choose><xsl:when test="$before"><xsl:value-of select="$x - 8"/></xsl:when><xsl:otherwise><xsl:value-of select="$x + 18"/></xsl:otherwise></xsl:choose></xsl:with-param>
      <xsl:with-param name="y" select="format-number($y + $length div 2 + 4, '0.##')"/>
      <xsl:with-param name="end" select="$before"/>
      <xsl:with-param name="what" select="concat($name, ' ', ih:isolate(string($total)))"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="flow">
    <xsl:param name="table"/>
    <xsl:variable name="gap" select="24"/>
    <xsl:variable name="deep" select="240"/>
    <xsl:variable name="unit" select="$deep div ($table/@total + ($table/@total = 0))"/>
    <xsl:variable name="ends" select="count($table/r:row[@total &gt; 0])"/>
    <xsl:variable name="others" select="count($table/r:column[@total &gt; 0])"/>
    <xsl:variable name="most"><xsl:choose><xsl:when test="$ends &gt; $others"><xsl:value-of select="$ends"/></xsl:when><xsl:otherwise><xsl:value-of select="$others"/></xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:variable name="left" select="170"/>
    <xsl:variable name="right" select="$width - 180"/>
    <xsl:call-template name="frame">
      <xsl:with-param name="id" select="$table/@id"/>
      <xsl:with-param name="height" select="36 + $deep + $gap * ($most + ($most = 0))"/>
      <xsl:with-param name="title"><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:table[@id = $table/@id]/t:title"/></xsl:call-template></xsl:with-param>
      <xsl:with-param name="drawing">
        <xsl:call-template name="say"><xsl:with-param name="x" select="$left + 10"/><xsl:with-param name="y" select="16"/><xsl:with-param name="end" select="true()"/><xsl:with-param name="class" select="'heading'"/><xsl:with-param name="what"><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:variable[@id = $table/@rows]/t:title"/></xsl:call-template></xsl:with-param></xsl:call-template>
        <xsl:call-template name="say"><xsl:with-param name="x" select="$right"/><xsl:with-param name="y" select="16"/><xsl:with-param name="class" select="'heading'"/><xsl:with-param name="what"><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:variable[@id = $table/@columns]/t:title"/></xsl:call-template></xsl:with-param></xsl:call-template>
        <xsl:for-each select="$table/r:row[@total &gt; 0]">
          <xsl:variable name="row" select="."/>
          <xsl:variable name="tint" select="(count(preceding-sibling::r:row) mod 4) + 1"/>
          <xsl:variable name="above" select="36 + $gap * (position() - 1) + $unit * sum(preceding-sibling::r:row/@total)"/>
          <xsl:for-each select="r:cell[@sum &gt; 0]">
            <xsl:variable name="column" select="$table/r:column[@code = current()/@column]"/>
            <xsl:variable name="from" select="$above + $unit * sum(preceding-sibling::r:cell/@sum)"/>
            <xsl:variable name="to" select="36 + $gap * count($column/preceding-sibling::r:column[@total &gt; 0]) + $unit * (sum($column/preceding-sibling::r:column/@total) + sum($row/preceding-sibling::r:row/r:cell[@column = current()/@column]/@sum))"/>
            <xsl:variable name="wide" select="$unit * @sum"/>
            <xsl:variable name="x1"><xsl:call-template name="at"><xsl:with-param name="x" select="$left + 10"/></xsl:call-template></xsl:variable>
            <xsl:variable name="x2"><xsl:call-template name="at"><xsl:with-param name="x" select="$right"/></xsl:call-template></xsl:variable>
            <xsl:variable name="half" select="format-number(($x1 + $x2) div 2, '0.##')"/>
            <path fill="{substring($tints, 7 * $tint - 6, 7)}" fill-opacity="0.45" stroke="#ffffff" stroke-width="0.5"
                d="M{$x1} {format-number($from, '0.##')}C{$half} {format-number($from, '0.##')} {$half} {format-number($to, '0.##')} {$x2} {format-number($to, '0.##')}L{$x2} {format-number($to + $wide, '0.##')}C{$half} {format-number($to + $wide, '0.##')} {$half} {format-number($from + $wide, '0.##')} {$x1} {format-number($from + $wide, '0.##')}Z"/>
          </xsl:for-each>
          <xsl:call-template name="flow-end"><xsl:with-param name="x" select="$left"/><xsl:with-param name="y" select="$above"/><xsl:with-param name="length" select="$unit * @total"/><xsl:with-param name="tint" select="$tint"/><xsl:with-param name="variable" select="$table/@rows"/><xsl:with-param name="code" select="@code"/><xsl:with-param name="total" select="@total"/><xsl:with-param name="before" select="true()"/></xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="$table/r:column[@total &gt; 0]">
          <xsl:call-template name="flow-end"><xsl:with-param name="x" select="$right"/><xsl:with-param name="y" select="36 + $gap * (position() - 1) + $unit * sum(preceding-sibling::r:column/@total)"/><xsl:with-param name="length" select="$unit * @total"/><xsl:with-param name="tint" select="1"/><xsl:with-param name="variable" select="$table/@columns"/><xsl:with-param name="code" select="@code"/><xsl:with-param name="total" select="@total"/></xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== periods, one bar each, with what each is exact to -->

  <xsl:template name="trend">
    <xsl:variable name="all" select="$region/r:earlier | $region"/>
    <xsl:variable name="most">
      <xsl:for-each select="$all">
        <xsl:sort select="@persons" data-type="number" order="descending"/>
        <xsl:if test="position() = 1"><xsl:value-of select="@persons"/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="unit" select="($width - $label - 110) div ($most + ($most = 0))"/>
    <xsl:call-template name="frame">
      <xsl:with-param name="id" select="'trend'"/>
      <xsl:with-param name="height" select="8 + 24 * count($all)"/>
      <xsl:with-param name="title" select="ih:word('region.chart.trend', $tongue)"/>
      <xsl:with-param name="drawing">
        <xsl:for-each select="$all">
          <xsl:sort select="@period"/>
          <xsl:variable name="y" select="24 * position() - 20"/>
          <xsl:call-template name="say"><xsl:with-param name="x" select="$label - 8"/><xsl:with-param name="y" select="$y + 13"/><xsl:with-param name="end" select="true()"/><xsl:with-param name="what" select="ih:isolate(string(@period))"/></xsl:call-template>
          <xsl:call-template name="bar"><xsl:with-param name="x" select="$label"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="height" select="16"/><xsl:with-param name="length" select="$unit * @persons"/></xsl:call-template>
          <xsl:call-template name="say"><xsl:with-param name="x" select="$label + $unit * @persons + 6"/><xsl:with-param name="y" select="$y + 13"/><xsl:with-param name="what" select="ih:isolate(concat(@persons, ' ± ', @bound))"/></xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== the pyramid: the first row to one side, the second to the other -->

  <xsl:template name="pyramid">
    <xsl:variable name="table" select="$region/r:table[@columns = 'age'][1]"/>
    <xsl:variable name="left" select="$table/r:row[1]"/>
    <xsl:variable name="right" select="$table/r:row[2]"/>
    <xsl:variable name="most">
      <xsl:for-each select="$left/r:cell | $right/r:cell">
        <xsl:sort select="@sum" data-type="number" order="descending"/>
        <xsl:if test="position() = 1"><xsl:value-of select="@sum"/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="middle" select="$width div 2"/>
    <xsl:variable name="gap" select="70"/>
    <xsl:variable name="unit" select="($middle - $gap - 40) div ($most + ($most = 0))"/>
    <xsl:call-template name="frame">
      <xsl:with-param name="id" select="'pyramid'"/>
      <xsl:with-param name="height" select="34 + 24 * count($left/r:cell)"/>
      <xsl:with-param name="title" select="ih:word('region.chart.pyramid', $tongue)"/>
      <xsl:with-param name="drawing">
        <xsl:call-template name="say">
          <xsl:with-param name="x" select="$middle - $gap"/><xsl:with-param name="y" select="16"/><xsl:with-param name="end" select="true()"/>
          <xsl:with-param name="what"><xsl:call-template name="category"><xsl:with-param name="variable" select="'sex'"/><xsl:with-param name="code" select="$left/@code"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="say">
          <xsl:with-param name="x" select="$middle + $gap"/><xsl:with-param name="y" select="16"/>
          <xsl:with-param name="what"><xsl:call-template name="category"><xsl:with-param name="variable" select="'sex'"/><xsl:with-param name="code" select="$right/@code"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:for-each select="$left/r:cell">
          <xsl:sort select="position()" data-type="number" order="descending"/>
          <xsl:variable name="column" select="@column"/>
          <xsl:variable name="y" select="24 * position() + 2"/>
          <xsl:variable name="other" select="$right/r:cell[@column = $column]/@sum"/>
          <xsl:call-template name="bar"><xsl:with-param name="x" select="$middle - $gap - $unit * @sum"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="height" select="18"/><xsl:with-param name="length" select="$unit * @sum"/><xsl:with-param name="tint" select="1"/></xsl:call-template>
          <xsl:call-template name="say"><xsl:with-param name="x" select="$middle - $gap - $unit * @sum - 6"/><xsl:with-param name="y" select="$y + 14"/><xsl:with-param name="end" select="true()"/><xsl:with-param name="what" select="@sum"/></xsl:call-template>
          <xsl:call-template name="bar"><xsl:with-param name="x" select="$middle + $gap"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="height" select="18"/><xsl:with-param name="length" select="$unit * $other"/><xsl:with-param name="tint" select="2"/></xsl:call-template>
          <xsl:call-template name="say"><xsl:with-param name="x" select="$middle + $gap + $unit * $other + 6"/><xsl:with-param name="y" select="$y + 14"/><xsl:with-param name="what" select="$other"/></xsl:call-template>
          <text class="label" x="{$middle}" y="{$y + 14}" text-anchor="middle" direction="{$dir}">
            <xsl:call-template name="category"><xsl:with-param name="variable" select="'age'"/><xsl:with-param name="code" select="$column"/></xsl:call-template>
          </text>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
